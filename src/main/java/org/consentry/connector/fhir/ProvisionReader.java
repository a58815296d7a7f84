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
