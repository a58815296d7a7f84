package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plan and validate report of a FHIR export, and what no message of a run contains. */
final class FhirPlanTest {

  private static final String JOB = "fhir-eyelid";

  @TempDir Path folder;
  private Installation place;

  @BeforeEach
  void copy() throws IOException {
    place = Installation.in(folder.toRealPath());
  }

  @Test
  void planListsElementsThatNoViewReadsWithTheNumberOfResources() throws IOException {
    Path patients = place.root().resolve("sample-data/fhir/Patient.ndjson");
    Files.writeString(
        patients,
        Installation.read(patients)
            .replaceFirst(
                "\\{\"resourceType\"",
                "{\"text\":{\"div\":\"x\"},\"contained\":[{\"id\":\"a\"}],\"extension\":[{\"url\":"
                    + "\"urn:x:race\",\"valueCode\":\"y\"}],\"multipleBirthInteger\":2,"
                    + "\"resourceType\""));

    Answer answer = place.call("plan", place.job(JOB).toString());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.out())
        .contains(
            """
            Patient: elements that no column reads, and the number of records that have each
              contained 1
              extension 1
              multipleBirthInteger 1
              text 1
            """)
        .contains("Encounter: elements that no column reads")
        .contains("  status 5130\n");
  }

  @Test
  void anExtensionThatNoViewReadsIsListedByItsAddress() throws IOException {
    Path procedures = place.root().resolve("sample-data/fhir/Procedure.ndjson");
    Files.writeString(
        procedures,
        Installation.read(procedures)
            .replaceFirst("\"extension\":\\[", "\"extension\":[{\"url\":\"urn:x:y\"},"));

    Answer answer = place.call("plan", place.job(JOB).toString());

    assertThat(answer.out()).contains("  extension urn:x:y 1\n").doesNotContain("urn:clinic:");
  }

  @Test
  void whatAReferenceDisplaysHasTheRoleOfAnIdentifierOrFreeText() throws IOException {
    place.replace(
        place.root().resolve("mappings/fhir-safe-harbor.yaml"),
        "provider: {role: direct-identifier, do: drop",
        "provider: {role: non-sensitive, do: keep, type: code");

    Answer answer = place.call("validate", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err())
        .contains(
            "error ROLE_OF_ORIGIN column 'provider' is what a reference displays, which may name a"
                + " person, but its role is non-sensitive; write role: direct-identifier or role:"
                + " free-text, or name another element in the view");
  }

  @Test
  void anExtensionWithATraitOfAPersonHasARoleOfSuchColumns() throws IOException {
    place.replace(
        place.root().resolve("mappings/views/procedures.json"),
        "urn:clinic:benefits",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex");

    Answer answer = place.call("validate", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err())
        .contains(
            "error ROLE_OF_ORIGIN column 'benefits_language' is an extension with a trait of a"
                + " person, which points to the person together with others, but its role is"
                + " non-sensitive; write role: quasi-identifier or role: sensitive, or name another"
                + " element in the view");
  }

  /** Dropped columns too, because others may be made of them. */
  @Test
  void ordinaryElementsHaveTheRoleOfWhatTheyShow() throws IOException {
    Path mapping = place.root().resolve("mappings/fhir-safe-harbor.yaml");
    place.replace(mapping, "mrn: {role: direct-identifier", "mrn: {role: non-sensitive");
    place.replace(mapping, "last_name: {role: direct-identifier", "last_name: {role: sensitive");
    place.replace(mapping, "city: {role: direct-identifier", "city: {role: non-sensitive");

    Answer answer = place.call("validate", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err())
        .contains(
            "error ROLE_OF_ORIGIN column 'mrn' is an identifier, which may be a number of a person,"
                + " but its role is non-sensitive; write role: direct-identifier or role:"
                + " linkage-key, or name another element in the view")
        .contains(
            "error ROLE_OF_ORIGIN column 'last_name' is a part of a name, which may name a person,"
                + " but its role is sensitive; write role: direct-identifier or role: free-text, or"
                + " name another element in the view")
        .contains(
            "error ROLE_OF_ORIGIN column 'city' is a place of an address, which points to the"
                + " person together with others, but its role is non-sensitive; write role:"
                + " quasi-identifier or role: sensitive, or name another element in the view");
  }

  @Test
  void noColumnIsMadeOfOneThatShowsAName() throws IOException {
    place.replace(
        place.root().resolve("mappings/views/procedures.json"),
        "extension('urn:clinic:benefits').value.ofType(code)",
        "performer.first().actor.display");
    Path mapping = place.root().resolve("mappings/fhir-safe-harbor.yaml");
    place.replace(
        mapping,
        "benefits_language:\n        role: non-sensitive\n        do: keep",
        "benefits_language:\n        role: non-sensitive\n        do: drop");
    Answer harmless = place.call("validate", place.job(JOB).toString());
    place.replace(
        mapping,
        "role: non-sensitive\n        do: drop",
        "role: direct-identifier\n        do: drop");
    Answer direct = place.call("validate", place.job(JOB).toString());

    assertThat(harmless.out() + harmless.err())
        .contains("error ROLE_OF_ORIGIN column 'benefits_language' is what a reference displays");
    assertThat(direct.out() + direct.err())
        .contains("DERIVED_IDENTIFIER")
        .doesNotContain("ROLE_OF_ORIGIN");
  }

  @Test
  void aBrokenResourceEndsTheRunWithItsPlaceAndWithoutItsContent() throws IOException {
    Path visits = place.root().resolve("sample-data/fhir/Encounter.ndjson");
    Files.writeString(
        visits, Installation.read(visits) + "{\"resourceType\":\"Encounter\",\"id\":\"Zzyzx\"");

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains(
            "Encounter.ndjson:5131: error RESOURCE the line ends inside of a resource; the file may"
                + " have been cut off")
        .doesNotContain("Zzyzx");
    assertThat(place.releases(JOB)).isEmpty();
  }
}
