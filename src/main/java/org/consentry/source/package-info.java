/**
 * Splits of the clinic's files and the batches read from them.
 *
 * <p>May use {@code data}, {@code component} and {@code problem}.
 */
@NullMarked
package org.consentry.source;

import org.jspecify.annotations.NullMarked;
