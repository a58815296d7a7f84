/**
 * Words become a checked and bound export plan.
 *
 * <p>May use every room on a lower floor.
 */
@NullMarked
package org.consentry.plan;

import org.jspecify.annotations.NullMarked;
