/** HTML pages of a release. */
@NullMarked
package org.consentry.release.page;

import org.jspecify.annotations.NullMarked;
