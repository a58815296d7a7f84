/**
 * What data contains, whatever its columns are called: detectors of identifying content, and
 * profiles of columns. Pure: values come in as arguments and no value leaves.
 */
@NullMarked
package org.consentry.profile;

import org.jspecify.annotations.NullMarked;
