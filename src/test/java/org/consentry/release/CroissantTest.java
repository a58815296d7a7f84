package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules of the Croissant format 1.1, as far as a release uses it. */
final class CroissantTest {

  private final Disclosure sample =
      SampleRelease.disclosure(SampleRelease.SUBJECTS, SampleRelease.VISITS);
  private final JsonNode croissant = Croissant.of(sample);

  /** "Required": every dataset has these, and declares the version. */
  @Test
  void hasEveryRequiredProperty() {
    assertThat(croissant.propertyNames())
        .contains(
            "@context",
            "@type",
            "conformsTo",
            "description",
            "license",
            "name",
            "url",
            "creator",
            "datePublished",
            "distribution");
    assertThat(croissant.path("@type").asString()).isEqualTo("sc:Dataset");
    assertThat(croissant.path("conformsTo").asString())
        .isEqualTo("http://mlcommons.org/croissant/1.1");
  }

  /** Every word beside those of schema.org is defined by the context. */
  @Test
  void definesTheWordsThatItUses() {
    Set<String> words = new TreeSet<>();
    names(croissant.path("distribution"), words);
    names(croissant.path("recordSet"), words);
    words.removeAll(
        Set.of(
            "@type",
            "@id",
            "name",
            "description",
            "contentUrl",
            "contentSize",
            "encodingFormat",
            "sha256"));

    assertThat(words).isNotEmpty();
    assertThat(croissant.path("@context").propertyNames()).containsAll(words);
  }

  @Test
  void readsEachFieldFromAFileOfTheReleaseWithItsDigest() {
    List<String> files = ids(croissant.path("distribution"));
    List<String> fields = new ArrayList<>();
    for (JsonNode records : croissant.path("recordSet")) {
      fields.addAll(ids(records.path("field")));
    }

    assertThat(files).contains("data/patients.csv", "data/visits/part-00000.csv");
    assertThat(fields)
        .containsExactly(
            "patients/patient_id",
            "patients/birth_year",
            "visits/visit_id",
            "visits/patient_id",
            "visits/note")
        .doesNotHaveDuplicates();
    for (JsonNode file : croissant.path("distribution")) {
      assertThat(file.path("sha256").asString()).matches("[0-9a-f]{64}");
    }
    for (JsonNode records : croissant.path("recordSet")) {
      assertThat(fields).containsAll(ids(records.path("key")));
      for (JsonNode field : records.path("field")) {
        assertThat(files).contains(field.at("/source/fileObject/@id").asString());
        assertThat(field.path("name").asString())
            .isEqualTo(field.at("/source/extract/column").asString());
      }
    }
    assertThat(croissant.at("/recordSet/1/field/1/references/@id").asString())
        .isEqualTo("patients/patient_id");
  }

  /** "Data Use Conditions": terms of DUO are defined terms under usageInfo. */
  @Test
  void statesTheConditionsOfUseAsTermsOfDuo() {
    List<String> codes = new ArrayList<>();
    for (JsonNode term : croissant.path("usageInfo")) {
      assertThat(term.path("@type").asString()).isEqualTo("sc:DefinedTerm");
      assertThat(term.path("url").asString())
          .isEqualTo("http://purl.obolibrary.org/obo/" + term.path("termCode").asString());
      codes.add(term.path("termCode").asString());
    }

    assertThat(codes).contains("DUO_0000026", "DUO_0000027").doesNotHaveDuplicates();
  }

  private static List<String> ids(JsonNode nodes) {
    return nodes.valueStream().map(node -> node.path("@id").asString()).toList();
  }

  private static void names(JsonNode node, Set<String> names) {
    if (node.isObject()) {
      names.addAll(node.propertyNames());
    }
    for (JsonNode child : node) {
      names(child, names);
    }
  }
}
