/**
 * What a job file says: study, recipient, legal basis, cohort, source, policies and output.
 *
 * <p>May use {@code component}, {@code mapping} and {@code problem}.
 */
@NullMarked
package org.consentry.job;

import org.jspecify.annotations.NullMarked;
