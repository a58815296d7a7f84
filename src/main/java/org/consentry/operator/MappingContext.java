package org.consentry.operator;

import java.time.LocalDate;
import java.util.Set;
import java.util.function.Function;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.SourceCalendar;
import org.consentry.data.WrittenDates;

/**
 * What operators may know of the whole mapping and the run, before any row or key is read.
 *
 * @param subjectDomain the code domain of subjects: the {@code domain} under which the subjects
 *     table pseudonymizes its key; empty when it does not
 * @param foldedDomains code domains of record keys that are compared like patient ids
 * @param codeForms how the codes of a domain are written
 * @param subjectAttributes what the mapping names of a subject beside its key
 * @param births how the mapping shows when people were born
 * @param dates reads dates and times as the clinic's clock showed them
 * @param referenceDate the date ages and buckets refer to, in the calendar of the source
 * @param calendar which dates the source has
 * @param slots gives positions in the {@link org.consentry.data.SubjectIndex}
 * @param attachments gives the files a rule refers to
 * @param written how the source writes dates, for messages
 */
public record MappingContext(
    String subjectDomain,
    Set<String> foldedDomains,
    Function<String, CodeForm> codeForms,
    Set<SubjectAttribute> subjectAttributes,
    BirthForm births,
    ClinicDates dates,
    LocalDate referenceDate,
    SourceCalendar calendar,
    SubjectSlots slots,
    Attachments attachments,
    Written written) {

  /** How the source writes the dates of a column. */
  public interface Written {

    /** The usual way, everywhere. */
    Written USUAL = (table, column) -> WrittenDates.ISO.pattern();

    /** As messages show it. */
    String pattern(String table, String column);
  }

  public MappingContext {
    foldedDomains = Set.copyOf(foldedDomains);
    subjectAttributes = Set.copyOf(subjectAttributes);
  }
}
