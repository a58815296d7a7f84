/** Runs the stages of an export as steps of a Spring Batch job, with restart. */
@NullMarked
package org.consentry.batch;

import org.jspecify.annotations.NullMarked;
