/**
 * What flows through an export: schemas, batches of byte columns, the subject index and tallies;
 * digests and durable files.
 *
 * <p>No clock, no random numbers, no log, and no input or output but in {@link
 * org.consentry.data.DurableFiles}.
 */
@NullMarked
package org.consentry.data;

import org.jspecify.annotations.NullMarked;
