/** Operators: columns in, columns out. Each operator is one file that declares its effect. */
@NullMarked
package org.consentry.operator;

import org.jspecify.annotations.NullMarked;
