package org.consentry.release.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.consentry.data.Absence;
import org.consentry.data.Sha256;
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
          "authority/recipient",
          "authority/board",
          "authority/agreement",
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

  /** One style for screen and paper; the policy of the page names it by its digest. */
  public static final String STYLE =
      """
      :root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#767676;--link:#0b4a8f;\
      --head:#ececec;--side:#f7f7f7;--note:#f0f4f9;--code:#f0f0f0;--bar:#3a6ea5}
      @media screen and (prefers-color-scheme:dark){:root{--ink:#e6e6e6;--paper:#15181c;\
      --line:#8a9099;--link:#8cbcf2;--head:#2a2f36;--side:#1e2227;--note:#1b2632;--code:#22272d;\
      --bar:#6fa3d8}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:66rem;\
      margin:2rem auto;padding:0 1rem}
      h1{font-size:1.6rem;line-height:1.25}
      h2{font-size:1.25rem;margin-top:2.5rem;border-bottom:1px solid var(--line)}
      h3{font-size:1rem;margin-top:1.5rem}
      nav ul{columns:2;padding-left:1.25rem}a{color:var(--link)}
      .summary{border-left:.4rem solid var(--link);padding:.25rem 1rem;background:var(--note)}
      .wide{overflow-x:auto;margin:1rem 0}
      table{border-collapse:collapse;width:100%;font-size:.875rem}
      caption{text-align:left;font-weight:600;padding:.25rem 0}
      th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;\
      overflow-wrap:break-word}
      thead th{background:var(--head)}tbody th{font-weight:600;background:var(--side)}
      .n{text-align:right;font-variant-numeric:tabular-nums}
      .d{font-family:ui-monospace,monospace;font-size:.75rem;overflow-wrap:anywhere;min-width:8rem}
      .facts tbody th{width:12rem}
      .pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));\
      gap:0 1.5rem;align-items:start}
      pre{background:var(--code);padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
      svg{max-width:100%;height:auto}
      .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(16rem,100%),1fr));\
      gap:1rem;margin:1rem 0}
      .card{margin:0;padding:.75rem 1rem;border:1px solid var(--head);border-radius:.5rem;\
      background:var(--side);display:flex;flex-direction:column;gap:.4rem;font-size:.8125rem}
      .card strong{font-size:.9375rem;overflow-wrap:anywhere}.card p{margin:0}
      .chart{display:block;width:100%}.chart path{fill:var(--bar)}.chart .open{opacity:.55}.chart line{stroke:var(--line)}\
      .chart text{fill:var(--ink);font-size:11px}.risk{max-width:26rem}.all{grid-column:1/-1}\
      .glance{grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr))}\
      .glance .card{overflow-x:auto}.all .chart{min-width:40rem}
      .card dl{display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:auto 0 0}\
      .card dl div{display:flex;gap:.35rem}.card dd{margin:0;font-weight:600}
      @media(max-width:40rem){nav ul{columns:1}.facts tbody th{width:7rem}}
      @page{margin:15mm}
      @media print{body{margin:0;padding:0;max-width:none;font-size:10pt;line-height:1.3}\
      nav{display:none}th,td{padding:1pt 3pt}h2{margin-top:1.5rem}.wide{margin:.5rem 0}\
      .pairs{grid-template-columns:1fr 1fr}.cards{grid-template-columns:repeat(3,1fr);gap:6pt}\
      .all .chart{min-width:0}.glance{grid-template-columns:1fr 1fr}\
      .card{font-size:7.5pt;padding:4pt 6pt}\
      .facts tbody th{width:7rem}.whole{break-inside:avoid}\
      a{color:inherit;text-decoration:none}table{font-size:8pt}.d{font-size:7pt}\
      .columns table{font-size:7pt}h2,h3,caption{break-after:avoid}thead{display:table-header-group}\
      tr,svg,pre,.facts,.card{break-inside:avoid}.wide{overflow:visible}}
      """;

  public static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; base-uri 'none'; form-action 'none'";

  /** Where a new word begins inside a name. */
  private static final Pattern CAPITAL = Pattern.compile("(?<=\\p{Ll})\\p{Lu}");

  private final JsonNode predicate;
  private final JsonNode statement;
  private final String fingerprint;
  private final List<String> commands;

  /**
   * A page about a statement.
   *
   * @param fingerprint of the key that signs
   * @param commands the stock commands that check what the page speaks of
   */
  public Page(JsonNode statement, String fingerprint, List<String> commands) {
    this.statement = statement;
    this.predicate = statement.path("predicate");
    this.fingerprint = fingerprint;
    this.commands = List.copyOf(commands);
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
  JsonNode node(String path) {
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
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ");
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

  /** A released column as the codebook and the table of columns name it. */
  static String released(JsonNode column) {
    JsonNode released = column.path("released");
    return released.isObject()
        ? word(released, "name") + " (" + word(released, "type") + ")"
        : "not released";
  }

  /** How many cells of a column are withheld or blanked, and when a figure was counted. */
  static String cells(JsonNode column, String word) {
    JsonNode released = column.path("released");
    String day = word(released, word + "CountedOn");
    return word(released, word + "Cells") + (day.isEmpty() ? "" : ", " + day);
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

  private static String digest(String text) {
    byte[] digest = Sha256.digest(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }
}
