package org.consentry.custody;

import org.consentry.pipeline.PeopleBehind;
import org.consentry.pipeline.RecordSpans;

/**
 * Whose rows of a table are released, and whose are left out.
 *
 * @param isOfPersons whether the table has one row a person
 * @param spans whose rows are released, and of which days
 * @param people who is behind the rows left out and the cells emptied
 */
record LeftOut(boolean isOfPersons, RecordSpans spans, PeopleBehind people) {}
