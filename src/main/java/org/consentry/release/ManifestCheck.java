package org.consentry.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.consentry.data.FieldType;
import org.consentry.data.PartContent;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import tools.jackson.databind.JsonNode;

/** Compares a manifest whose signature was checked with the digests and the data beside it. */
final class ManifestCheck {

  private static final Set<String> NOT_SUBJECTS =
      Set.of(
          ReleaseFiles.MANIFEST,
          ReleaseFiles.MANIFEST_SIGNATURE,
          ReleaseFiles.MANIFEST_PAGE,
          ReleaseFiles.SIGNERS);

  private final byte[] manifest;
  private final SortedMap<String, String> sums;
  private final Problems problems;

  ManifestCheck(byte[] manifest, SortedMap<String, String> sums, Problems problems) {
    this.manifest = manifest;
    this.sums = sums;
    this.problems = problems;
  }

  /**
   * Checks.
   *
   * @param contents the own facts of a data file, by name and format, where it can be read; none of
   *     an encrypted one
   */
  void check(BiFunction<String, String, Optional<PartContent>> contents) {
    Optional<JsonNode> statement = Json.read(manifest);
    if (statement.isEmpty()) {
      error(ReleaseFiles.MANIFEST, "MANIFEST", "expected one JSON object, no key twice");
      return;
    }
    JsonNode predicate = statement.get().path("predicate");
    if (!isOurs(statement.get(), predicate)) {
      return;
    }
    SortedMap<String, String> subjects = new TreeMap<>();
    for (JsonNode subject : statement.get().path("subject")) {
      subjects.put(
          subject.path("name").asString(""), subject.path("digest").path("sha256").asString(""));
    }
    compareSubjects(subjects);
    Set<String> data = new TreeSet<>();
    for (JsonNode table : predicate.path("tables")) {
      table(table, subjects, data, contents);
    }
    for (String name : subjects.keySet()) {
      if (name.startsWith("data/") && !data.contains(name)) {
        error(name, "MANIFEST", "no table of the manifest lists this data file");
      }
    }
  }

  private boolean isOurs(JsonNode statement, JsonNode predicate) {
    boolean kind =
        statement.path("_type").asString("").equals(ManifestStatement.TYPE)
            && statement.path("predicateType").asString("").equals(ManifestStatement.PREDICATE);
    if (!kind) {
      error(ReleaseFiles.MANIFEST, "MANIFEST", "expected a disclosure statement of version 1");
      return false;
    }
    JsonNode version = predicate.path("schemaVersion");
    if (!version.isInt() || version.asInt() != ManifestStatement.SCHEMA_VERSION) {
      error(ReleaseFiles.MANIFEST, "MANIFEST", "expected schema version 1 but found another");
      return false;
    }
    if (!predicate.path("edition").asString("").equals(Edition.RECIPIENT.word())) {
      error(
          ReleaseFiles.MANIFEST, "MANIFEST", "expected the recipient's edition but found another");
    }
    return true;
  }

  private void compareSubjects(SortedMap<String, String> subjects) {
    for (var subject : subjects.entrySet()) {
      if (!subject.getValue().equals(sums.get(subject.getKey()))) {
        error(
            subject.getKey().isEmpty() ? ReleaseFiles.MANIFEST : subject.getKey(),
            "SUBJECT",
            "manifest and SHA256SUMS do not agree on this file");
      }
    }
    for (String name : sums.keySet()) {
      if (!subjects.containsKey(name)
          && !NOT_SUBJECTS.contains(name)
          && !ReleaseApprovals.isOne(name)) {
        error(name, "SUBJECT", "the manifest does not speak of this file");
      }
    }
  }

  private void table(
      JsonNode table,
      SortedMap<String, String> subjects,
      Set<String> data,
      BiFunction<String, String, Optional<PartContent>> contents) {
    SortedMap<String, Long> rowsByFormat = new TreeMap<>();
    for (JsonNode file : table.path("files")) {
      String name = file.path("name").asString("");
      String format = file.path("format").asString("");
      long expected = rows(file.path("rows"));
      data.add(name);
      rowsByFormat.merge(format, expected, Long::sum);
      if (!file.path("sha256").asString("").equals(subjects.get(name))) {
        error(
            name.isEmpty() ? ReleaseFiles.MANIFEST : name,
            "MANIFEST",
            "the manifest has two digests of this file");
      }
      JsonNode encryption = file.path(ManifestStatement.ENCRYPTION);
      if (subjects.containsKey(name) && Checksums.isPlainPath(name)) {
        String outer = encryption.isMissingNode() ? format : encryption.asString("");
        contents.apply(name, outer).ifPresent(content -> content(table, name, expected, content));
      }
    }
    long released = rows(table.path("rows").path("released"));
    for (var format : rowsByFormat.entrySet()) {
      if (format.getValue() != released) {
        error(
            ReleaseFiles.MANIFEST,
            "ROWS",
            "the rows of "
                + shown(table.path("name").asString(""))
                + " in "
                + shown(format.getKey())
                + " files are "
                + format.getValue()
                + " but its rows released are "
                + released);
      }
    }
  }

  /** A number of rows; -1, which no file has, for everything else. */
  private static long rows(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() ? node.asLong() : -1;
  }

  private void content(JsonNode table, String name, long expected, PartContent content) {
    if (content.rows() != expected) {
      error(
          name,
          "ROWS",
          "expected " + CountWords.of(expected, "row") + " but found " + content.rows());
    }
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (JsonNode column : table.path("columns")) {
      if (column.path("released").isObject()) {
        names.add(column.path("released").path("name").asString(""));
        types.add(column.path("released").path("type").asString(""));
      }
    }
    if (!content.names().equals(names)) {
      String expectedNames = shown(String.join(", ", names));
      String foundNames = shown(String.join(", ", content.names()));
      error(name, "COLUMNS", "expected the columns " + expectedNames + " but found " + foundNames);
      return;
    }
    for (int i = 0; i < content.types().size(); i++) {
      FieldType found = content.types().get(i);
      if (!agree(types.get(i), found)) {
        error(
            name,
            "TYPES",
            "expected "
                + shown(types.get(i))
                + " in column "
                + shown(names.get(i))
                + " but found "
                + found);
      }
    }
  }

  /** A text and a code are the same to a file. */
  private static boolean agree(String word, FieldType found) {
    return FieldType.parse(word)
        .filter(type -> type.equals(found) || (type.isBytes() && found.isBytes()))
        .isPresent();
  }

  private void error(String name, String code, String message) {
    problems.error(code, Place.of(shown(name)), message, "ask the clinic for another copy");
  }

  /** A name from a foreign file, short and without anything that could steer a terminal. */
  static String shown(String name) {
    String plain = name.replaceAll("[^\\p{Graph} ]", "?");
    String shortened = plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    return shortened.isEmpty() ? "?" : shortened;
  }
}
