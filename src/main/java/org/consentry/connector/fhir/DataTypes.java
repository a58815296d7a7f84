package org.consentry.connector.fhir;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data types of FHIR R4 that an element of more than one type ({@code value[x]}) may have. */
final class DataTypes {

  private static final Set<String> KNOWN =
      Stream.of(
              "base64Binary boolean canonical code date dateTime decimal id instant integer"
                  + " integer64 markdown oid positiveInt string time unsignedInt uri url uuid"
                  + " Address Age Annotation Attachment CodeableConcept CodeableReference Coding"
                  + " ContactDetail ContactPoint Contributor Count DataRequirement Distance Dosage"
                  + " Duration Expression HumanName Identifier Meta Money ParameterDefinition"
                  + " Period Quantity Range Ratio Reference RelatedArtifact SampledData Signature"
                  + " Timing TriggerDefinition UsageContext")
          .flatMap(words -> Stream.of(words.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  /** Elements that are no choice although names of others begin like it. */
  private static final Set<String> NO_CHOICE = Set.of("reason");

  private static final Set<String> NUMBERS =
      Set.of("integer", "decimal", "positiveInt", "unsignedInt", "integer64");

  private static final Set<String> NO_TEXTS =
      Set.of("boolean", "integer", "decimal", "positiveInt", "unsignedInt");

  private DataTypes() {}

  static boolean isKnown(String type) {
    return KNOWN.contains(type);
  }

  static Set<String> all() {
    return KNOWN;
  }

  /**
   * The type that the name of a field has after the name of a choice element.
   *
   * @return empty when the field is not of that element
   */
  static Optional<String> ofChoice(String field, String element) {
    int length = element.length();
    if (field.length() <= length
        || !field.startsWith(element)
        || !Character.isUpperCase(field.charAt(length))
        || NO_CHOICE.contains(element)) {
      return Optional.empty();
    }
    String suffix = field.substring(length);
    String primitive = suffix.substring(0, 1).toLowerCase(Locale.ROOT) + suffix.substring(1);
    return Stream.of(suffix, primitive).filter(KNOWN::contains).findFirst();
  }

  /** Whether an item is of a type, as far as the item shows. */
  static boolean is(Item item, String type) {
    if (!item.type().isEmpty()) {
      return item.type().equals(type);
    }
    if (item instanceof Item.Primitive primitive) {
      return switch (primitive.kind()) {
        case BOOLEAN -> type.equals("boolean");
        case NUMBER -> NUMBERS.contains(type);
        case TEXT, MOMENT -> isText(type);
        case NONE -> isKnown(type) && Character.isLowerCase(type.charAt(0));
      };
    }
    return item instanceof Item.Complex complex && complex.text("resourceType").equals(type);
  }

  private static boolean isText(String type) {
    return KNOWN.contains(type)
        && Character.isLowerCase(type.charAt(0))
        && !NO_TEXTS.contains(type);
  }
}
