/**
 * Words become a checked and bound export plan, with every problem of job, mapping, lists and the
 * source's heads told at once. Reads no rows and no keys.
 *
 * <p>May use every room on a lower floor.
 */
@NullMarked
package org.consentry.plan;

import org.jspecify.annotations.NullMarked;
