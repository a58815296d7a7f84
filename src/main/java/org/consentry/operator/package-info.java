/** Operators: a column in, a column out. Each operator is one file. */
@NullMarked
package org.consentry.operator;

import org.jspecify.annotations.NullMarked;
