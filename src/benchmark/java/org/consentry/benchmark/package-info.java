/** Measures the program as people run it: whole processes, beside DuckDB doing the same work. */
@NullMarked
package org.consentry.benchmark;

import org.jspecify.annotations.NullMarked;
