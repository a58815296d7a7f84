/**
 * Words become a checked and bound export plan. All problems of job, mapping, lists and the
 * source's headers are reported together. Reads no rows and no keys.
 */
@NullMarked
package org.consentry.plan;

import org.jspecify.annotations.NullMarked;
