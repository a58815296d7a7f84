/**
 * What went wrong, where and what to do about it; collected, thrown once, with a category that
 * becomes the exit code.
 */
@NullMarked
package org.consentry.problem;

import org.jspecify.annotations.NullMarked;
