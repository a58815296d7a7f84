package org.consentry.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether the data of two releases are the same, table by table. Codes of one release only differ
 * in every release, and so do encrypted files; tables with such codes or files are compared by
 * digests of their content under a key of the clinic, in which the record itself takes the place of
 * such a code. So rows that are joined otherwise are not the same.
 *
 * @param same tables whose files are byte-identical, before they were encrypted
 * @param sameButCodes tables that differ in codes of one release only
 * @param changed tables with other data, and tables that only one of the releases has
 * @param notComparable tables with codes of one release only or encrypted files, without digests
 */
record DataComparison(
    List<String> same,
    List<String> sameButCodes,
    List<String> changed,
    List<String> notComparable) {

  private static final String ONE_TIME = "one-time";

  DataComparison {
    same = List.copyOf(same);
    sameButCodes = List.copyOf(sameButCodes);
    changed = List.copyOf(changed);
    notComparable = List.copyOf(notComparable);
  }

  /** What the clinic alone knows of the data of two releases: digests of content by table. */
  record Contents(Map<String, String> earlier, Map<String, String> later) {
    static final Contents NONE = new Contents(Map.of(), Map.of());

    Contents {
      earlier = Map.copyOf(earlier);
      later = Map.copyOf(later);
    }
  }

  /** Compares the tables of two predicates. */
  static DataComparison of(JsonNode earlier, JsonNode later, Contents contents) {
    Map<String, JsonNode> before = tables(earlier);
    Map<String, JsonNode> after = tables(later);
    List<String> same = new ArrayList<>();
    List<String> sameButCodes = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<String> notComparable = new ArrayList<>();
    after.forEach(
        (name, table) -> {
          Optional<JsonNode> old = Optional.ofNullable(before.get(name));
          if (old.isPresent() && isSame(old.get(), table)) {
            same.add(name);
          } else if (old.isEmpty() || !isCompared(old.get(), table)) {
            changed.add(name);
          } else if (!contents.earlier.containsKey(name) || !contents.later.containsKey(name)) {
            notComparable.add(name);
          } else if (Objects.equals(contents.earlier.get(name), contents.later.get(name))) {
            (hasOneTimeCodes(table) ? sameButCodes : same).add(name);
          } else {
            changed.add(name);
          }
        });
    before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(changed::add);
    return new DataComparison(same, sameButCodes, changed, notComparable);
  }

  private static Map<String, JsonNode> tables(JsonNode predicate) {
    Map<String, JsonNode> tables = new LinkedHashMap<>();
    for (JsonNode table : predicate.path("tables")) {
      tables.put(ManifestDiff.text(table.path("name")), table);
    }
    return tables;
  }

  /** The same files in every format that both releases have, which is at least one. */
  private static boolean isSame(JsonNode before, JsonNode after) {
    Map<String, List<String>> old = digests(before);
    Map<String, List<String>> now = digests(after);
    Set<String> shared = new TreeSet<>(old.keySet());
    shared.retainAll(now.keySet());
    return !shared.isEmpty()
        && shared.stream().allMatch(format -> Objects.equals(old.get(format), now.get(format)));
  }

  private static Map<String, List<String>> digests(JsonNode table) {
    Map<String, List<String>> digests = new TreeMap<>();
    for (JsonNode file : table.path("files")) {
      digests
          .computeIfAbsent(file.path("format").asString(""), format -> new ArrayList<>())
          .add(file.path("sha256").asString(""));
    }
    return digests;
  }

  /** Whether the same rows may be in other files; then digests decide. */
  private static boolean isCompared(JsonNode before, JsonNode after) {
    return isEncrypted(before)
        || isEncrypted(after)
        || (hasOneTimeCodes(before) && hasOneTimeCodes(after));
  }

  private static boolean isEncrypted(JsonNode table) {
    return table
        .path("files")
        .valueStream()
        .anyMatch(file -> !file.path(ManifestStatement.ENCRYPTION).isMissingNode());
  }

  private static boolean hasOneTimeCodes(JsonNode table) {
    return table
        .path("columns")
        .valueStream()
        .anyMatch(
            column ->
                column.path("released").isObject()
                    && column.path("parameters").path("code").asString("").equals(ONE_TIME));
  }

  /** Whether nothing but codes of one release only differs. */
  boolean isSame() {
    return changed.isEmpty() && notComparable.isEmpty();
  }

  /**
   * One sentence for people.
   *
   * @param release name of the earlier release
   */
  String words(String release) {
    if (isSame()) {
      return sameButCodes.isEmpty()
          ? "Same data as " + release + ": all data files have the same content."
          : "Same data as "
              + release
              + ", except for codes that are valid in one release only ("
              + String.join(", ", sameButCodes)
              + ").";
    }
    List<String> sentences = new ArrayList<>();
    sentence(sentences, "Changed data: ", changed);
    sentence(sentences, "Same data: ", same);
    sentence(
        sentences, "Same data except for codes that are valid in one release only: ", sameButCodes);
    sentence(
        sentences,
        "Not comparable, because codes are valid in one release only or files are encrypted: ",
        notComparable);
    return String.join(" ", sentences);
  }

  private static void sentence(List<String> sentences, String head, List<String> tables) {
    if (!tables.isEmpty()) {
      sentences.add(head + String.join(", ", tables) + ".");
    }
  }

  void write(ObjectNode node) {
    Json.putList(node, "same", same);
    Json.putList(node, "sameExceptCodes", sameButCodes);
    Json.putList(node, "changed", changed);
    Json.putList(node, "notComparable", notComparable);
  }

  /** What {@link #write} wrote. */
  static DataComparison read(JsonNode node) {
    return new DataComparison(
        list(node, "same"),
        list(node, "sameExceptCodes"),
        list(node, "changed"),
        list(node, "notComparable"));
  }

  private static List<String> list(JsonNode node, String name) {
    return node.path(name).valueStream().map(ManifestDiff::text).toList();
  }
}
