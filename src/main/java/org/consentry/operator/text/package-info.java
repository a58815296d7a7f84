/** Dates, numbers and texts, read from bytes and written to bytes. */
@NullMarked
package org.consentry.operator.text;

import org.jspecify.annotations.NullMarked;
