/**
 * What flows through an export: schemas, batches of byte columns, the subject index, effects and
 * tallies; digests and durable files.
 */
@NullMarked
package org.consentry.data;

import org.jspecify.annotations.NullMarked;
