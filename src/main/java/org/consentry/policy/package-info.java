/**
 * What a legal target demands of a mapping: findings with place, rule, severity and remedy, before
 * the first row is read.
 *
 * <p>May use {@code mapping}, {@code component} for the places of words, {@code problem} and the
 * words of {@code data}. Pure: no clock, no random numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.policy;

import org.jspecify.annotations.NullMarked;
