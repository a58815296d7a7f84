/**
 * Decision tables: rules as data, compiled and explained.
 *
 * <p>May use {@code data}, {@code component} and {@code problem}. Pure: no clock, no random
 * numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.classify;

import org.jspecify.annotations.NullMarked;
