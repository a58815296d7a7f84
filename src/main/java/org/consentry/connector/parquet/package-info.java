/** Parquet files, written page by page from byte columns. */
@NullMarked
package org.consentry.connector.parquet;

import org.jspecify.annotations.NullMarked;
