/**
 * Part files in CSV or Parquet, with their size, rows and digest.
 *
 * <p>May use {@code data}, {@code component} and {@code problem}.
 */
@NullMarked
package org.consentry.sink;

import org.jspecify.annotations.NullMarked;
