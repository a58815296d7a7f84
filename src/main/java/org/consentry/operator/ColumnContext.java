package org.consentry.operator;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.ClinicDates;
import org.consentry.data.FieldType;
import org.consentry.operator.text.DateFormat;
import org.consentry.operator.text.DateReader;
import org.consentry.problem.Place;

/**
 * What an operator may know when it is bound to a column, before any row or key is read.
 *
 * @param table the table's name
 * @param column the source column's name
 * @param isSubjectKey whether the column holds the table's subject
 * @param subjectDomain the code domain of subjects: the {@code domain} under which the subjects
 *     table pseudonymizes its key; empty when it does not
 * @param foldedDomains code domains of record keys that are compared like patient ids
 * @param subjectAttributes what the mapping tells of a subject beside its key
 * @param type the declared type of the released column
 * @param dates reads dates and times as the clinic's clock showed them
 * @param referenceDate the date ages and buckets refer to
 * @param place where the rule stands, for problems
 * @param slots gives places in the {@link org.consentry.data.SubjectIndex}
 * @param attachments gives the files the rule refers to
 */
public record ColumnContext(
    String table,
    String column,
    boolean isSubjectKey,
    String subjectDomain,
    Set<String> foldedDomains,
    Set<SubjectAttribute> subjectAttributes,
    FieldType type,
    ClinicDates dates,
    LocalDate referenceDate,
    Place place,
    SubjectSlots slots,
    Attachments attachments) {

  public ColumnContext {
    foldedDomains = Set.copyOf(foldedDomains);
    subjectAttributes = Set.copyOf(subjectAttributes);
  }

  /** Reads dates in the format that a rule declares. */
  DateReader reader(Optional<DateFormat> format) {
    return DateReader.of(format.orElse(DateFormat.ISO), dates);
  }
}
