/**
 * Thin adapters which run an export plan as a Spring Batch job, with restart.
 *
 * <p>May use {@code plan}, {@code pipeline}, {@code manifest} and {@code release}, and Spring.
 */
@NullMarked
package org.consentry.batch;

import org.jspecify.annotations.NullMarked;
