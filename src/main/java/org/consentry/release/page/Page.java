package org.consentry.release.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.consentry.data.Absence;
import org.consentry.data.Sha256;
import org.consentry.release.Approved;
import org.consentry.release.Flow;
import tools.jackson.databind.JsonNode;

/**
 * What the templates see of a finished statement: its words, lists and facts, and nothing beside
 * it, so that every number on a page is the manifest's. Nothing is counted here.
 */
public final class Page {

  /** Paths of members that the manifest's page shows in a place of their own. */
  static final Set<String> PLACED =
      Set.of(
          "schemaVersion",
          "edition",
          "status",
          "release",
          "release/ledgerHead",
          "release/previous",
          "release/replaces",
          "changes",
          "authority",
          "authority/study",
          "authority/request",
          "authority/recipient",
          "authority/board",
          "authority/agreement",
          "authority/approval",
          "authority/attestation",
          "authority/terms",
          "consent",
          "consent/policy",
          "consent/decidedAt",
          "consent/subjects",
          "figures",
          "tables",
          "identifiers",
          "acknowledged",
          "warnings",
          "spreadsheets",
          "reasons",
          "inputs",
          "risk",
          "scan",
          "scanned",
          "software");

  /**
   * One style for screens, light and dark, for phones and for paper; the policy of the page names
   * it by its digest.
   */
  public static final String STYLE = style("page.css");

  public static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; base-uri 'none'; form-action 'none'";

  /** A moment up to its minutes. */
  private static final Pattern MOMENT =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)[0-9:.]*Z");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  /** Where a new word begins inside a name. */
  private static final Pattern CAPITAL = Pattern.compile("(?<=\\p{Ll})\\p{Lu}");

  /** Empty cells that a manifest counts. */
  static final List<String> CELLS = List.of("withheld", "blanked");

  private final JsonNode predicate;
  private final JsonNode statement;
  private final String fingerprint;
  private final List<String> commands;
  private final List<Approved> approvals;

  /** A page about a statement that nothing is added to. */
  public Page(JsonNode statement, String fingerprint, List<String> commands) {
    this(statement, fingerprint, commands, List.of());
  }

  /**
   * A page about a statement.
   *
   * @param fingerprint of the key that signs
   * @param commands the stock commands that check what the page speaks of
   * @param approvals who approved the manifest; empty before it is approved
   */
  public Page(
      JsonNode statement, String fingerprint, List<String> commands, List<Approved> approvals) {
    this.statement = statement;
    this.predicate = statement.path("predicate");
    this.fingerprint = fingerprint;
    this.commands = List.copyOf(commands);
    this.approvals = List.copyOf(approvals);
  }

  /** A label and its value, such as the day a board approved. */
  public record Fact(String label, String value) {}

  /** The changes of one kind since the last release. */
  record Part(String title, List<String> lines) {}

  /** What changed since the last release, by kind. */
  List<Part> changes() {
    return node("changes/list").properties().stream()
        .map(
            part ->
                new Part(
                    plain(part.getKey()), part.getValue().valueStream().map(Page::text).toList()))
        .toList();
  }

  /** Title of the study, or what the request or document is. */
  String title() {
    return word(has("authority/study") ? "authority/study/title" : "authority/request/title");
  }

  /** Whether it is stated how many people and rows were left out. */
  boolean showsFlow() {
    return node("consent/subjects").has("read");
  }

  /** Whether consent was asked. */
  boolean asksConsent() {
    return !has("consent/policy/notAsked");
  }

  String style() {
    return STYLE;
  }

  String policy() {
    return POLICY;
  }

  String fingerprint() {
    return fingerprint;
  }

  List<String> commands() {
    return commands;
  }

  List<Approved> approvals() {
    return approvals;
  }

  boolean isInternal() {
    return word("edition").equals("internal");
  }

  FlowDiagram diagram() {
    return FlowDiagram.of(flow());
  }

  List<Flow> flow() {
    return Flow.of(statement);
  }

  /** A member of the predicate; names are joined by {@code /}. */
  public JsonNode node(String path) {
    JsonNode node = predicate;
    for (String name : path.split("/", -1)) {
      node = node.path(name);
    }
    return node;
  }

  boolean has(String path) {
    return !node(path).isEmpty() || node(path).isValueNode();
  }

  public String word(String path) {
    return text(node(path));
  }

  /** A member as text, without characters that could steer a terminal or break XML. */
  public static String word(JsonNode object, String name) {
    return text(object.path(name));
  }

  public static String text(JsonNode node) {
    String text =
        node.isArray()
            ? StreamSupport.stream(node.spliterator(), false)
                .map(Page::text)
                .collect(Collectors.joining(", "))
            : node.isObject() ? node.toString() : node.asString("");
    return plain(text);
  }

  /** A text without characters that could steer a terminal or break XML. */
  static String plain(String text) {
    return CONTROLS.matcher(text).replaceAll(" ");
  }

  /** A moment to the minute, such as {@code 2026-11-29 07:12 UTC}; any other text as it is. */
  String moment(String path) {
    return minutes(word(path));
  }

  /** A moment to the minute. */
  static String moment(Instant moment) {
    return minutes(moment.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static String minutes(String text) {
    return MOMENT.matcher(text).replaceFirst("$1 $2 UTC");
  }

  /** The plain members of an object, in words. */
  List<Fact> facts(String path) {
    return facts(node(path));
  }

  /** The members of an object whose names are columns, as they are. */
  List<Fact> columns(String path) {
    return node(path).properties().stream()
        .map(member -> new Fact(member.getKey(), text(member.getValue())))
        .toList();
  }

  static List<Fact> facts(JsonNode object) {
    return object.properties().stream()
        .filter(member -> isPlain(member.getValue()))
        .filter(member -> !member.getKey().equals("terms")) // sentences: a list, not a fact
        .map(member -> new Fact(label(member.getKey()), text(member.getValue())))
        .filter(fact -> !fact.value().isEmpty())
        .toList();
  }

  private static boolean isPlain(JsonNode node) {
    return node.isValueNode()
        || (node.isArray()
            && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isValueNode));
  }

  /**
   * Paths of what has no place of its own; the page shows it at its end, so that a new member of
   * the manifest is never left out.
   */
  List<String> others() {
    List<String> paths = new ArrayList<>();
    for (String whole : List.of("", "release", "consent", "authority")) {
      JsonNode object = whole.isEmpty() ? predicate : node(whole);
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        boolean isShown = !whole.isEmpty() && member.getValue().isValueNode();
        String path = whole.isEmpty() ? member.getKey() : whole + "/" + member.getKey();
        if (!isShown && !PLACED.contains(path)) {
          paths.add(path);
        }
      }
    }
    return paths;
  }

  /** The members of an object that are objects or lists of objects. */
  static List<Map.Entry<String, JsonNode>> nested(JsonNode object) {
    return object.properties().stream().filter(member -> !isPlain(member.getValue())).toList();
  }

  /** The names that the objects of a list have, in the order in which they first occur. */
  static List<String> heads(JsonNode list) {
    Set<String> heads = new LinkedHashSet<>();
    list.forEach(item -> item.properties().forEach(member -> heads.add(member.getKey())));
    return new ArrayList<>(heads);
  }

  /** A name of a member as people read it: {@code approvedOn} is Approved on. */
  static String label(String name) {
    String words = CAPITAL.matcher(name.replaceAll("[_/]", " ")).replaceAll(Page::small);
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String small(MatchResult capital) {
    return " " + capital.group().toLowerCase(Locale.ROOT);
  }

  /** The day on which all rounded figures were counted; empty when there are several, or none. */
  String onlyDay() {
    Set<String> days = new TreeSet<>();
    flow().forEach(line -> days.add(line.countedOn()));
    for (JsonNode table : node("tables")) {
      for (JsonNode column : table.path("columns")) {
        CELLS.forEach(cells -> days.add(word(column.path("released"), cells + "CountedOn")));
      }
    }
    days.remove("");
    return days.size() == 1 ? days.iterator().next() : "";
  }

  /** What was done about an identifier, and to which columns. */
  static List<Fact> handled(JsonNode identifier) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (JsonNode column : identifier.path("columns")) {
      columns
          .computeIfAbsent(word(column, "done"), done -> new ArrayList<>())
          .add(word(column, "table") + "." + word(column, "column"));
    }
    return columns.entrySet().stream()
        .map(one -> new Fact(one.getKey(), String.join(", ", one.getValue())))
        .toList();
  }

  /** The columns of a table that were released. */
  static List<JsonNode> releasedColumns(JsonNode table) {
    return table
        .path("columns")
        .valueStream()
        .filter(column -> column.path("released").isObject())
        .toList();
  }

  /** What single values of a released column mean. */
  public static String labels(JsonNode released) {
    List<String> labels = new ArrayList<>();
    released
        .path("labels")
        .properties()
        .forEach(label -> labels.add(label.getKey() + " = " + text(label.getValue())));
    return String.join("; ", labels);
  }

  /** All values of a coded column in the mapping's order, and those that have a meaning. */
  static List<Fact> values(JsonNode released) {
    JsonNode labels = released.path("labels");
    Set<String> values = new LinkedHashSet<>();
    released.path("values").forEach(value -> values.add(value.asString()));
    labels.properties().forEach(label -> values.add(label.getKey()));
    return values.stream().map(value -> new Fact(plain(value), text(labels.path(value)))).toList();
  }

  /** Why a cell of a released column may be empty, in words. */
  public static String whenEmpty(JsonNode released) {
    return Arrays.stream(Absence.values())
        .filter(absence -> mayBe(released, absence))
        .map(Absence::words)
        .collect(Collectors.joining("; or "));
  }

  /** What the values of a released column are. */
  public static String type(JsonNode released) {
    String type = word(released, "type");
    return released.has("maxLength")
        ? type + ", at most " + word(released, "maxLength") + " characters"
        : type;
  }

  /** Whether a cell of a released column may be empty for this reason. */
  public static boolean mayBe(JsonNode released, Absence absence) {
    return StreamSupport.stream(released.path("absent").spliterator(), false)
        .anyMatch(each -> each.asString().equals(absence.name()));
  }

  private static String style(String resource) {
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String digest(String text) {
    byte[] digest = Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
