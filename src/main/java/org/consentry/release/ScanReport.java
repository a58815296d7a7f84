package org.consentry.release;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.SmallCounts;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the finished files were searched for, and what was found. Without a value of any patient.
 *
 * @param onFinding what the job does with a finding, in its word
 * @param searchedFor what was searched for, a few words each
 * @param identifiers how many different identifiers of the source were searched for, by their kind
 * @param notSearched what was not searched, or not searched for, a few words each
 * @param findings what was found, or empty
 */
public record ScanReport(
    String onFinding,
    List<String> searchedFor,
    Map<String, Long> identifiers,
    List<String> notSearched,
    List<Finding> findings) {

  /** What a manifest has of a release that was not searched. */
  static final String NOT_REQUESTED = "not requested";

  /** Powers of ten in words. A number of people more or less hardly ever makes it another word. */
  private static final List<String> SIZES =
      List.of("fewer than 100", "hundreds", "thousands", "ten thousands", "hundred thousands");

  public ScanReport {
    searchedFor = List.copyOf(searchedFor);
    identifiers = Collections.unmodifiableMap(new LinkedHashMap<>(identifiers));
    notSearched = List.copyOf(notSearched);
    findings = List.copyOf(findings);
  }

  /**
   * Something that was found.
   *
   * @param file path in the release
   * @param column column, or the place in a file without columns
   * @param evidence how it was recognised, in a word
   * @param kind what it is, in a word
   * @param places cells, or places in a text
   * @param firstRow the first row or line, or 0; in the clinic's edition only
   * @param acknowledgement the answer of a person; empty when there is none
   */
  public record Finding(
      String file,
      String column,
      String evidence,
      String kind,
      long places,
      long firstRow,
      Optional<Acknowledgement> acknowledgement) {}

  /**
   * The answer of a person to a finding: why and by whom it is acknowledged, and until which day.
   */
  public record Acknowledgement(String reason, String by, LocalDate until) {}

  /** The findings that no person acknowledged. */
  public List<Finding> open() {
    return findings.stream().filter(finding -> finding.acknowledgement().isEmpty()).toList();
  }

  /** What came of it, in a few words. */
  public String result() {
    if (findings.isEmpty()) {
      return "passed";
    }
    if (open().isEmpty()) {
      return "findings acknowledged";
    }
    return onFinding.equals("review") ? "findings approved" : "findings reported";
  }

  /** What a signed manifest states of the scan; it is shown only if it is one of our words. */
  static String resultIn(byte[] manifest) {
    return Json.read(manifest)
        .map(statement -> statement.path("predicate").path("scan").asString(""))
        .filter(word -> word.matches("[a-z ]{1,40}"))
        .orElse("not known");
  }

  /** A number of identifiers without a figure that one person could change. */
  static String size(long identifiers) {
    int power = Long.toString(identifiers).length() - 2;
    return identifiers == 0
        ? "none"
        : power >= SIZES.size() ? "millions" : SIZES.get(Math.max(0, power));
  }

  /** Writes what a manifest has beside the result. */
  void write(ObjectNode node, Edition edition) {
    Json.putList(node, "searchedFor", searchedFor);
    ObjectNode counts = node.putObject("identifiersOfTheSource");
    identifiers.forEach(
        (kind, count) -> {
          switch (edition) {
            case INTERNAL -> counts.put(kind, count.longValue());
            case RECIPIENT -> counts.put(kind, size(count));
          }
        });
    Json.putList(node, "notSearched", notSearched);
    ArrayNode list = node.putArray("findings");
    findings.forEach(finding -> write(list.addObject(), finding, edition));
  }

  private static void write(ObjectNode node, Finding finding, Edition edition) {
    node.put("file", finding.file()).put("column", finding.column());
    node.put("kind", finding.kind()).put("evidence", finding.evidence());
    switch (edition) {
      case INTERNAL -> node.put("places", finding.places()).put("firstRow", finding.firstRow());
      case RECIPIENT -> node.put("places", SmallCounts.rounded(finding.places(), finding.places()));
    }
    finding
        .acknowledgement()
        .ifPresent(
            answer ->
                node.put("acknowledged", answer.reason())
                    .put("by", answer.by())
                    .put("until", answer.until().toString()));
  }
}
