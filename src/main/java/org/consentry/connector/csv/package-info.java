/** CSV files: a reader of byte columns, split at record boundaries, and a writer. */
@NullMarked
package org.consentry.connector.csv;

import org.jspecify.annotations.NullMarked;
