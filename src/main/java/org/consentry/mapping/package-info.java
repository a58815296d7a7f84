/**
 * What the mapping files say: tables, column rules, roles and types.
 *
 * <p>May use {@code component}, {@code problem} and the words of {@code data}.
 */
@NullMarked
package org.consentry.mapping;

import org.jspecify.annotations.NullMarked;
