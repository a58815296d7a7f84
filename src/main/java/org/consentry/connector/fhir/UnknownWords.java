package org.consentry.connector.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.connector.fhir.ConsentTranslation.Unknown;

/**
 * What a pack does not know, in words for messages.
 *
 * <p><b>Security promise:</b> a clinic may write a patient's number into a code or into the name of
 * a system. So a system is shown where it is one of the pack or of HL7, LOINC, SNOMED CT or DICOM,
 * and a code of such a system where it has letters and hyphens only, or is beside a code of the
 * pack and ends in at most four digits. Anything else is described.
 */
final class UnknownWords {

  private static final Pattern PUBLIC =
      Pattern.compile(
          "http://(terminology\\.hl7\\.org|hl7\\.org/fhir)/((CodeSystem|ValueSet)/)?(v[23][-/])?"
              + "[A-Za-z-]{1,40}"
              + "|http://(loinc\\.org|snomed\\.info/sct|dicom\\.nema\\.org/resources/ontology/DCM)");

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z-]{0,23}");
  private static final Pattern LAST_ARC = Pattern.compile("\\.[0-9]{1,4}");

  /** Elements of resources and provisions that a message may name. */
  private static final Set<String> ELEMENTS =
      Set.of(
          "action",
          "actor",
          "class",
          "code",
          "data",
          "dataPeriod",
          "extension",
          "implicitRules",
          "modifierExtension",
          "period",
          "purpose",
          "securityLabel");

  private final Set<String> systems = new HashSet<>();

  /** What identifiers of the pack begin with, up to the last dot. */
  private final Set<String> roots = new HashSet<>();

  /** The words of a pack. */
  UnknownWords(ConsentPack pack) {
    Stream.of(pack.scopes().research(), pack.scopes().other(), pack.actions())
        .flatMap(List::stream)
        .forEach(coding -> systems.add(system(coding)));
    pack.purposes().ifPresent(systems::add);
    pack.codes()
        .ifPresent(
            codes -> {
              systems.add(codes.system());
              roots.add(root(codes.use()));
            });
    pack.forms().stream()
        .flatMap(forms -> forms.permit().stream())
        .forEach(form -> roots.add(root(form)));
    roots.remove("");
  }

  /** What is not known, by its kind and text. */
  String of(Unknown kind, String text) {
    return switch (kind) {
      case SCOPE -> coding("scope", "a scope", text);
      case FORM -> isBesideKnown(text) ? "form '" + text + "'" : "a form";
      case CODE -> coding("code", "a code", text);
      case PURPOSE -> coding("purpose", "a purpose", text);
      case ACTION -> coding("action", "an action", text);
      case ATTRIBUTE ->
          ELEMENTS.contains(text)
              ? "attribute '" + text + "' of a permit"
              : "an attribute of a permit that FHIR does not define";
      case TYPE -> "a type that is missing or unusual at '" + text + "'";
    };
  }

  private String coding(String shown, String described, String text) {
    String system = system(text);
    String code = text.substring(Math.min(text.length(), system.length() + 1));
    if (!systems.contains(system) && !PUBLIC.matcher(system).matches()) {
      return described + " of a system that is not a public one";
    }
    return WORD.matcher(code).matches() || isBesideKnown(code)
        ? shown + " '" + text + "'"
        : described + " of '" + system + "'";
  }

  private boolean isBesideKnown(String text) {
    String root = root(text);
    return roots.contains(root) && LAST_ARC.matcher(text.substring(root.length())).matches();
  }

  private static String root(String text) {
    return text.substring(0, Math.max(0, text.lastIndexOf('.')));
  }

  private static String system(String coding) {
    return coding.substring(0, Math.max(0, coding.lastIndexOf('|')));
  }
}
