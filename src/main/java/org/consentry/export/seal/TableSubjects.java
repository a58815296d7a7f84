package org.consentry.export.seal;

import org.consentry.export.decide.RecordSpans;
import org.consentry.export.select.CountedSubjects;

/**
 * Whose rows of a table are released, and whose are left out.
 *
 * @param isOfPersons whether the table has one row a person
 * @param spans whose rows are released, and of which days
 * @param people who is behind the rows left out and the cells emptied
 */
public record TableSubjects(boolean isOfPersons, RecordSpans spans, CountedSubjects people) {}
