/** Gathers what the manifest of a release reports. */
@NullMarked
package org.consentry.export.seal;

import org.jspecify.annotations.NullMarked;
