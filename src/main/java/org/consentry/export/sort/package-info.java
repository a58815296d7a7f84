/** Sorts the rows of a table by their released content, in bounded memory. */
@NullMarked
package org.consentry.export.sort;

import org.jspecify.annotations.NullMarked;
