/**
 * The heart: decides every subject once, and turns a split into a part and its tally.
 *
 * <p>May use {@code data}, {@code source}, {@code consent}, {@code transform}, {@code classify},
 * {@code sink}, {@code keys} and {@code problem}.
 */
@NullMarked
package org.consentry.pipeline;

import org.jspecify.annotations.NullMarked;
