package org.consentry.connector.fhir;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.connector.Origin;
import org.consentry.connector.Origin.Shows;

/**
 * What elements of FHIR R4 show of a person: the parts of its data types for names, addresses,
 * contacts, identifiers, files and notes, the keys of records and patients, and the dates of a
 * life. A part is judged by the type of the element that it is in, which the usual name of that
 * element shows, or {@code ofType}.
 */
final class PersonalElements {

  /** Types of elements by their names; a reference to a patient has the type of its resource. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("name", "HumanName"),
          Map.entry("address", "Address"),
          Map.entry("telecom", "ContactPoint"),
          Map.entry("photo", "Attachment"),
          Map.entry("attachment", "Attachment"),
          Map.entry("content", "Attachment"),
          Map.entry("presentedForm", "Attachment"),
          Map.entry("note", "Annotation"),
          Map.entry("subject", "Patient"),
          Map.entry("patient", "Patient"),
          Map.entry("beneficiary", "Patient"));

  private static final Origin NAME = new Origin("a part of a name", Shows.NAME);
  private static final Origin CONTACT = new Origin("a telephone number or address", Shows.NAME);
  private static final Origin ADDRESS = new Origin("an address", Shows.NAME);
  private static final Origin FILE = new Origin("a photo or document", Shows.NAME);
  private static final Origin NOTE = new Origin("a note", Shows.NAME);
  private static final Origin DISPLAY = new Origin("what a reference displays", Shows.NAME);
  private static final Origin NUMBER = new Origin("an identifier", Shows.NUMBER);
  private static final Origin KEY = new Origin("the key of a record or patient", Shows.NUMBER);
  private static final Origin PLACE = new Origin("a place of an address", Shows.TRAIT);
  private static final Origin BIRTH = new Origin("a date of birth", Shows.TRAIT);
  private static final Origin DEATH = new Origin("whether or when a person died", Shows.TRAIT);

  /** Parts of types whose names other types have too. */
  private static final Map<String, Origin> PARTS =
      Map.ofEntries(
          Map.entry("HumanName.text", NAME),
          Map.entry("HumanName.prefix", NAME),
          Map.entry("HumanName.suffix", NAME),
          Map.entry("Address.text", ADDRESS),
          Map.entry("ContactPoint.value", CONTACT),
          Map.entry("Attachment.data", FILE),
          Map.entry("Attachment.url", FILE),
          Map.entry("Attachment.title", FILE),
          Map.entry("Annotation.text", NOTE),
          Map.entry("Annotation.author", NOTE),
          Map.entry("Identifier.value", NUMBER),
          Map.entry("Patient.reference", KEY));

  /** Elements that show the same wherever they are. */
  private static final Map<String, Origin> ANYWHERE =
      Map.ofEntries(
          Map.entry("family", NAME),
          Map.entry("given", NAME),
          Map.entry("line", ADDRESS),
          Map.entry("city", PLACE),
          Map.entry("district", PLACE),
          Map.entry("postalCode", PLACE),
          Map.entry("subscriberId", NUMBER),
          Map.entry("serialNumber", NUMBER),
          Map.entry("birthDate", BIRTH),
          Map.entry("deceased", DEATH));

  private PersonalElements() {}

  /**
   * What an element shows.
   *
   * @param parent name of the element that it is in; empty for a resource
   * @param stated types that {@code ofType} states for that element
   * @param name of the element
   */
  static Optional<Origin> of(String parent, Set<String> stated, String name) {
    if (name.equals("display") && !parent.equals("coding")) {
      return Optional.of(DISPLAY);
    }
    if (name.equals("id") && parent.isEmpty()) {
      return Optional.of(KEY);
    }
    Set<String> types = new HashSet<>(stated);
    Optional.ofNullable(TYPES.get(parent)).ifPresent(types::add);
    if (parent.toLowerCase(Locale.ROOT).endsWith("identifier")) {
      types.add("Identifier");
    }
    return types.stream()
        .filter(type -> PARTS.containsKey(type + "." + name))
        .sorted()
        .findFirst()
        .map(type -> PARTS.get(type + "." + name))
        .or(() -> Optional.ofNullable(ANYWHERE.get(name)));
  }
}
