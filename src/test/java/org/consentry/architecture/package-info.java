/**
 * The rules of the house, checked over the compiled classes.
 *
 * <p>{@code fixture} has a small house that breaks each of them, so that no rule is empty.
 */
@NullMarked
package org.consentry.architecture;

import org.jspecify.annotations.NullMarked;
