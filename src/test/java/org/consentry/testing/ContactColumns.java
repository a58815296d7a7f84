package org.consentry.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns by which a patient could be called, written to, visited or named, as sources name them.
 */
public final class ContactColumns {

  /** Those of the sample clinic, by table. */
  public static final Map<String, List<String>> CLINIC =
      Map.of(
          "patients",
          List.of(
              "mrn",
              "first_name",
              "last_name",
              "maiden_name",
              "ssn",
              "address",
              "home_phone",
              "mobile_phone",
              "work_phone",
              "email",
              "secure_email",
              "preferred_contact",
              "may_leave_message",
              "employer",
              "emergency_contact_name",
              "emergency_contact_phone",
              "member_number"),
          "visits",
          List.of("note", "provider"),
          "procedures",
          List.of("surgeon", "implant_serial"),
          "photos",
          List.of("file_name"));

  /** Those of an export of Synthea, by table. */
  public static final Map<String, List<String>> SYNTHEA =
      Map.of(
          "patients",
          List.of(
              "SSN", "DRIVERS", "PASSPORT", "FIRST", "MIDDLE", "LAST", "MAIDEN", "ADDRESS", "Id"));

  /** A note may be released where it was redacted, and an id where a code replaced it. */
  private static final Set<String> MAY_BE_RELEASED = Set.of("note", "Id");

  private ContactColumns() {}

  /** Which of them are not released whatever an operator makes of them. */
  public static Set<String> neverReleased(Map<String, List<String>> columns) {
    return columns.values().stream()
        .flatMap(List::stream)
        .filter(name -> !MAY_BE_RELEASED.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
