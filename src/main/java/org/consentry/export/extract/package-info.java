/** Extracts one split, and writes one part file. */
@NullMarked
package org.consentry.export.extract;

import org.jspecify.annotations.NullMarked;
