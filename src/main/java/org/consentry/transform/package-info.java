/**
 * A column in, a column out; several in and one out for derived columns.
 *
 * <p>May use {@code data}, {@code component}, {@code keys} and {@code problem}. Pure: no clock, no
 * random numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.transform;

import org.jspecify.annotations.NullMarked;
