/** Reads Parquet files: flat columns of every type become the text that a CSV file would have. */
@NullMarked
package org.consentry.connector.parquet.source;

import org.jspecify.annotations.NullMarked;
