/**
 * What a legal target demands of a mapping and a job.
 *
 * <p>May use {@code mapping}, {@code problem} and the words of {@code data}. Pure: no clock, no
 * random numbers, no input or output, no log.
 */
@NullMarked
package org.consentry.policy;

import org.jspecify.annotations.NullMarked;
