package org.consentry.connector.fhir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.consentry.connector.fhir.ConsentTranslation.Unknown;

/** Reads the parts of Consent resources that have codes and references. */
final class ProvisionReader {

  private final BiConsumer<Unknown, String> unknown;
  private final Expression key = Functions.call("getReferenceKey", Optional.empty(), "Patient", "");

  ProvisionReader(BiConsumer<Unknown, String> unknown) {
    this.unknown = unknown;
  }

  /** All codings of some concepts as {@code system|code}. */
  Set<String> codings(List<Item.Complex> concepts) {
    Set<String> codings = new LinkedHashSet<>();
    concepts.forEach(
        concept -> concept.all("coding").forEach(coding -> codings.add(coding(coding))));
    return codings;
  }

  /** What may name the form of a consent: policies, and codings of any system. */
  Set<String> forms(Item.Complex consent) {
    Set<String> forms = codings(consent.all("category"));
    forms.addAll(codings(consent.all("policyRule")));
    consent.all("policy").forEach(policy -> forms.add(policy.text("uri")));
    forms.remove("");
    return forms;
  }

  /** Whether one of some forms is one of a pack, by its OID. */
  boolean isAny(Set<String> forms, List<String> known) {
    Set<String> oids = new LinkedHashSet<>();
    known.forEach(form -> oids.addAll(oids(form)));
    return forms.stream().anyMatch(form -> oids(form).stream().anyMatch(oids::contains));
  }

  /** The OIDs in a form, whose parts are a system, a code and a version. */
  private static Set<String> oids(String form) {
    Set<String> oids = new LinkedHashSet<>();
    for (String part : form.replaceAll("[\\s\\u00a0]", "").split("\\|", -1)) {
      String oid = part.replaceFirst("(?i)^urn:oid:", "");
      if (oid.matches("[0-9]+(\\.[0-9]+)+")) {
        oids.add(oid);
      }
    }
    return oids;
  }

  /** Whether no rule is stated, or nothing but an opt-in is; other rules are counted. */
  boolean isOptIn(Item.Complex consent) {
    if (!consent.has("policyRule")) {
      return true;
    }
    Set<String> rules = codings(consent.all("policyRule"));
    Set<String> permitting = Set.of("OPTIN", "OPTINR");
    boolean isOptIn =
        !rules.isEmpty()
            && rules.stream()
                .allMatch(rule -> permitting.contains(rule.substring(rule.lastIndexOf('|') + 1)));
    if (!isOptIn) {
      rules.removeIf(rule -> rule.matches(".*\\|OPTOUTE?"));
      rules.forEach(rule -> unknown.accept(Unknown.FORM, rule));
    }
    return isOptIn;
  }

  String coding(Item.Complex coding) {
    return coding.text("system") + "|" + coding.text("code");
  }

  /** The codes of a provision that a pack knows, and {@code ?} for each that it does not. */
  Set<String> codes(Item.Complex provision, ConsentPack.Codes known) {
    Set<String> codes = new LinkedHashSet<>();
    if (provision.all("code").size() < provision.get("code").size()) {
      codes.add("?");
    }
    for (Item.Complex concept : provision.all("code")) {
      List<Item.Complex> codings = concept.all("coding");
      if (codings.isEmpty() || codings.size() < concept.get("coding").size()) {
        codes.add("?");
      }
      for (Item.Complex coding : codings) {
        boolean isKnown =
            coding.text("system").equals(known.system()) && known.isKnown(coding.text("code"));
        codes.add(isKnown ? coding.text("code") : "?");
        if (!isKnown) {
          unknown.accept(Unknown.CODE, coding(coding));
        }
      }
    }
    return codes;
  }

  /** Whether something may change the meaning of a resource or of a provision; it is counted. */
  boolean isModified(Item.Complex element) {
    boolean isModified = false;
    for (String name : List.of("modifierExtension", "implicitRules")) {
      if (element.has(name) || element.has("_" + name)) {
        isModified = true;
        unknown.accept(Unknown.ATTRIBUTE, name);
      }
    }
    for (Item.Complex provision : element.all("provision")) {
      boolean isNestedModified = isModified(provision);
      isModified = isModified || isNestedModified;
    }
    return isModified;
  }

  /** Whether a provision has no other elements; others are counted. */
  boolean hasOnly(Item.Complex provision, Set<String> always, Set<String> known) {
    boolean hasOnly = true;
    for (String name : provision.names()) {
      if (!always.contains(name) && !known.contains(name)) {
        hasOnly = false;
        unknown.accept(Unknown.ATTRIBUTE, name);
      }
    }
    return hasOnly;
  }

  /** The id of the patient of a reference. */
  Optional<String> patient(Item.Complex reference) {
    try {
      Expression.Scope scope = new Expression.Scope(reference, 0);
      return key.evaluate(List.of(reference), scope).stream()
          .map(found -> ((Item.Primitive) found).text())
          .findFirst();
    } catch (Failure impossible) {
      return Optional.empty();
    }
  }

  /** Whether the patient is who consents: stated, or no other person is. */
  boolean isSignedByPatient(Item.Complex consent) {
    String patient = consent.only("patient").map(found -> found.text("reference")).orElse("");
    List<Item.Complex> performers = consent.all("performer");
    return performers.isEmpty()
        || performers.stream().anyMatch(found -> found.text("reference").equals(patient));
  }
}
