/**
 * Decision tables: rules as data, checked, compiled, explained and compared with people's labels.
 *
 * <p>May use {@code data}, {@code component} and {@code problem}. Pure: no clock, no random
 * numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.classify;

import org.jspecify.annotations.NullMarked;
