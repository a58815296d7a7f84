/**
 * What flows through an export: schemas, batches of byte columns, the subject index, consent lines
 * and tallies.
 *
 * <p>May use the JDK only. Pure: no clock, no random numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.data;

import org.jspecify.annotations.NullMarked;
