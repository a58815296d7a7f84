package org.consentry.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The manifest for people: one page without script, made from the finished statement, so that every
 * number is the manifest's.
 */
final class ManifestPage {

  private final JsonNode statement;
  private final JsonNode predicate;
  private final Markup page;

  private ManifestPage(JsonNode statement) {
    this.statement = statement;
    this.predicate = statement.path("predicate");
    this.page = Markup.page("Disclosure " + word(predicate.path("release"), "name"));
  }

  /**
   * Makes the page.
   *
   * @param commands the stock commands that check the release
   */
  static byte[] of(JsonNode statement, String fingerprint, List<String> commands) {
    ManifestPage page = new ManifestPage(statement);
    page.verdict();
    page.authority();
    page.flow();
    page.whatLeft();
    page.columns();
    page.notMeasured();
    page.inputs();
    page.check(fingerprint, commands);
    return page.page.bytes();
  }

  private void verdict() {
    page.element(
        "p",
        "Records of "
            + word(predicate.path("consent").path("subjects"), "released")
            + " persons were released to "
            + word(predicate.path("authority").path("recipient"), "organization")
            + " for the study "
            + word(predicate.path("authority").path("study"), "title")
            + ". No row was written before consent was decided for its subject.");
    if (predicate.path("edition").asString("").equals("internal")) {
      page.element("p", "Internal edition with exact counts. It does not leave the clinic.");
    } else {
      page.element(
          "p", "Counts from 1 to 10 read <11; numbers that would give them away read withheld.");
    }
    page.table("The release", List.of("what", "is"), facts(predicate.path("release")));
  }

  private void authority() {
    JsonNode authority = predicate.path("authority");
    page.element("h2", "Authority");
    page.table("Request", List.of("what", "is"), facts(authority));
    for (String part : List.of("study", "recipient", "board", "agreement", "attestation")) {
      if (authority.path(part).isObject()) {
        page.table(part, List.of("what", "is"), facts(authority.path(part)));
      }
    }
    if (!authority.path("terms").isEmpty()) {
      page.element("h3", "Terms of use").open("ul");
      authority.path("terms").forEach(term -> page.element("li", term.asString()));
      page.close();
    }
    page.table(
        "How consent was decided",
        List.of("what", "is"),
        facts(predicate.path("consent").path("policy")));
    page.element("p", "Decided at " + list(predicate.path("consent").path("decidedAt")) + ".");
  }

  private void flow() {
    List<Flow> flow = Flow.of(statement);
    page.element("h2", "From read to released").put(FlowDiagram.of(flow));
    page.table(
        "The same in words",
        List.of("of", "step", "reason", "count"),
        flow.stream()
            .map(
                line ->
                    List.of(
                        line.table().isEmpty() ? "persons" : "rows of " + line.table(),
                        line.step(),
                        FlowDiagram.words(line.reason()),
                        line.count()))
            .toList());
  }

  private void whatLeft() {
    List<List<String>> lines = new ArrayList<>();
    for (JsonNode table : predicate.path("tables")) {
      for (JsonNode file : table.path("files")) {
        lines.add(
            List.of(
                word(file, "name"), word(file, "rows"), word(file, "bytes"), word(file, "sha256")));
      }
    }
    page.element("h2", "What left the clinic");
    page.table("Data files", List.of("file", "rows", "bytes", "SHA-256"), lines);
  }

  private void columns() {
    page.element("h2", "What was done to each column");
    for (JsonNode table : predicate.path("tables")) {
      List<List<String>> lines = new ArrayList<>();
      for (JsonNode column : table.path("columns")) {
        JsonNode released = column.path("released");
        lines.add(
            List.of(
                word(column, "source"),
                word(column, "role"),
                word(column, "operator"),
                word(column, "done"),
                word(column, "survives"),
                released.isObject()
                    ? word(released, "name") + " (" + word(released, "type") + ")"
                    : "not released",
                word(column, "why")));
      }
      page.table(
          "Table " + word(table, "name") + ", consent category " + word(table, "category"),
          List.of("before", "role", "operator", "what was done", "what survives", "after", "why"),
          lines);
    }
  }

  private void notMeasured() {
    page.element("h2", "What was not measured");
    page.table(
        "Checks",
        List.of("check", "result"),
        List.of(
            List.of("risk of re-identification", word(predicate, "risk")),
            List.of("independent scan of the files", word(predicate, "scan"))));
  }

  private void inputs() {
    JsonNode inputs = predicate.path("inputs");
    page.element("h2", "Made from");
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("job", word(inputs.path("job"), "sha256")));
    lines.add(
        List.of(
            "mapping " + word(inputs.path("mapping"), "name"),
            word(inputs.path("mapping"), "sha256")));
    for (String part : List.of("lists", "sources")) {
      inputs
          .path(part)
          .properties()
          .forEach(input -> lines.add(List.of(input.getKey(), input.getValue().asString())));
    }
    page.table("Digests", List.of("input", "SHA-256"), lines);
    page.table("Keys", List.of("key", "fingerprint"), facts(inputs.path("keys")));
    page.table("Software", List.of("what", "is"), facts(predicate.path("software")));
  }

  private void check(String fingerprint, List<String> commands) {
    page.element("h2", "Check it yourself");
    page.element("p", "In the folder of the release, without our software:");
    page.element("pre", String.join("\n", commands));
    page.element(
        "p",
        "The signing key must be the one the clinic told you by another way. This page says "
            + fingerprint
            + ", which proves nothing by itself.");
  }

  /** Names and values of an object's plain members. */
  private static List<List<String>> facts(JsonNode object) {
    return object.properties().stream()
        .filter(member -> member.getValue().isValueNode())
        .map(member -> List.of(member.getKey(), member.getValue().asString()))
        .toList();
  }

  private static String word(JsonNode object, String name) {
    return object.path(name).asString("");
  }

  private static String list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.joining(", "));
  }
}
