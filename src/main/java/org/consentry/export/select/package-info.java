/** Selects the rows of a batch that may be released, and counts the others. */
@NullMarked
package org.consentry.export.select;

import org.jspecify.annotations.NullMarked;
