/**
 * What the mapping files say: tables, column rules, roles and types.
 *
 * <p>May use {@code component} and {@code problem}, and Jackson.
 */
@NullMarked
package org.consentry.mapping;

import org.jspecify.annotations.NullMarked;
