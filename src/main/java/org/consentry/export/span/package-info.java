/** The first and the last released date of each subject, for tables computed from the release. */
@NullMarked
package org.consentry.export.span;

import org.jspecify.annotations.NullMarked;
