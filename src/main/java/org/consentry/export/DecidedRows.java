package org.consentry.export;

import java.util.List;
import java.util.function.Function;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.consent.RecordConsent;
import org.consentry.data.SubjectIndex;

/**
 * What extracting a split needs of the decisions, in the process that decided and in others.
 *
 * @param index every subject with its exclusion, codes and shifts
 * @param records which records and cells may be released
 * @param splits the splits of the source tables
 * @param basis digest over everything that the result of a split depends on besides the split
 */
record DecidedRows(
    SubjectIndex index,
    RecordConsent records,
    Function<SourceTable, List<Split>> splits,
    String basis) {}
