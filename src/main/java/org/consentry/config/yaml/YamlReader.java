package org.consentry.config.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Node;
import org.consentry.config.SafeWord;
import org.consentry.data.Placeholder;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * From the parser's events to nodes. What a plain reader would quietly accept is reported, and
 * reading goes on, so that one pass finds every such thing; only broken syntax ends it. A file with
 * a {@linkplain Placeholder placeholder} is read, with an error for each, so that all other
 * mistakes are found as well.
 */
public final class YamlReader {

  private static final int MAX_DEPTH = 20;
  private static final int MAX_TABS_REPORTED = 20;
  private static final int MAX_REPAIRS = 40;

  private final String file;
  private final Problems problems;
  private List<String> lines = List.of();
  private final Set<Long> unread;
  private boolean failed;
  private Optional<MarkedYamlEngineException> syntax = Optional.empty();

  public YamlReader(String file, Problems problems) {
    this(file, problems, new HashSet<>());
  }

  private YamlReader(String file, Problems problems, Set<Long> unread) {
    this.file = file;
    this.problems = problems;
    this.unread = unread;
  }

  /** Reads a text; empty when there is a problem. */
  public Optional<Node.Mapping> read(String text) {
    return refuseTabs(text) ? Optional.empty() : attempt(text).filter(root -> !failed);
  }

  /**
   * Reads what can be read. A line with a mistake of syntax is read again as its key alone, and
   * then not at all; the parts that were left out have the place of a {@link Filler}.
   *
   * @return empty when nothing can be read
   */
  public Optional<Node.Mapping> readPartly(String text) {
    refuseTabs(text);
    Damage damage = new Damage(text.replace('\t', ' '), unread);
    for (int i = 0; i < MAX_REPAIRS; i++) {
      YamlReader again = new YamlReader(file, new Problems(), unread);
      Optional<Node.Mapping> root = again.attempt(damage.text());
      if (again.syntax.isEmpty()) {
        problems.addAll(again.problems.list());
        return root;
      }
      lines = again.lines;
      MarkedYamlEngineException syntax = again.syntax.get();
      long line = damage.line(syntax);
      if (!unread.contains(line)) {
        report(syntax);
      }
      if (!damage.cut(line)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<Node.Mapping> attempt(String text) {
    lines = text.lines().toList();
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
      return document(new Parse(settings).parseString(text).iterator());
    } catch (TooDeep deep) {
      return Optional.empty();
    } catch (MarkedYamlEngineException found) {
      syntax = Optional.of(found);
      report(found);
      return Optional.empty();
    } catch (YamlEngineException unreadable) {
      error(
          "YAML_SYNTAX",
          Place.of(file),
          "the file has characters that YAML does not allow",
          "remove control characters");
      return Optional.empty();
    }
  }

  private void report(MarkedYamlEngineException found) {
    Place place = place(found.getProblemMark().or(found::getContextMark));
    FlowForm.broken(lines, found)
        .ifPresentOrElse(
            flow -> error("YAML_SYNTAX", flow.place(file), flow.message(), flow.hint()),
            () ->
                error(
                    "YAML_SYNTAX",
                    place,
                    "this is not YAML: " + words(found),
                    "check indentation and quotes"));
  }

  private static String words(MarkedYamlEngineException syntax) {
    String problem = syntax.getProblem();
    return problem == null || problem.isEmpty() ? "it ends in the middle" : problem;
  }

  private boolean refuseTabs(String text) {
    int reported = 0;
    long number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int tab = line.indexOf('\t');
      if (tab >= 0 && reported < MAX_TABS_REPORTED) {
        reported++;
        int column = line.codePointCount(0, tab) + 1;
        unread.add(number);
        error("YAML_TAB", new Place(file, number, column), "there is a tab here", "use spaces");
      }
    }
    return reported > 0;
  }

  private Optional<Node.Mapping> document(Iterator<Event> events) {
    Optional<Node> root = Optional.empty();
    boolean first = true;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent start) {
        if (!first) {
          error(
              "YAML_DOCUMENTS",
              place(event.getStartMark()),
              "a second document begins here",
              "keep one document in a file");
          break;
        }
        first = false;
        refuseDirectives(start);
        root = Optional.of(node(events.next(), events, 1));
      }
    }
    if (root.isEmpty() || (root.get() instanceof Node.Scalar scalar && scalar.isNull())) {
      error("FILE_EMPTY", Place.of(file), "the file is empty", "write a mapping of keys to values");
      return Optional.empty();
    }
    if (!(root.get() instanceof Node.Mapping mapping)) {
      error(
          "WRONG_TYPE",
          root.get().place(),
          "expected a mapping of keys to values but found " + root.get().kind(),
          "");
      return Optional.empty();
    }
    if (!failed) {
      new Placeholders(problems).check(mapping);
    }
    return Optional.of(mapping);
  }

  private void refuseDirectives(DocumentStartEvent start) {
    boolean other =
        start.getSpecVersion().filter(v -> v.getMajor() != 1 || v.getMinor() != 2).isPresent();
    if (other) {
      error(
          "YAML_VERSION",
          place(start.getStartMark()),
          "files are read as YAML 1.2",
          "remove the %YAML line");
    }
  }

  private Node node(Event event, Iterator<Event> events, int depth) {
    Place place = place(event.getStartMark());
    if (depth > MAX_DEPTH) {
      error("YAML_TOO_DEEP", place, "more than " + MAX_DEPTH + " levels are nested here", "");
      throw new TooDeep();
    }
    if (event instanceof AliasEvent) {
      error("YAML_ALIAS", place, "there is an alias (*) here", "write the value out");
      return new Node.Scalar(Filler.at(file, place.line()), "", Node.Scalar.Style.PLAIN);
    }
    if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
      error(
          "YAML_ANCHOR",
          place,
          "there is an anchor (&) here",
          "write the value out where it is needed");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), place);
      Node.Scalar.Style style =
          scalar.isPlain() ? Node.Scalar.Style.PLAIN : Node.Scalar.Style.QUOTED;
      return new Node.Scalar(place, scalar.getValue(), style);
    }
    refuseTag(((CollectionStartEvent) event).getTag(), place);
    return event instanceof MappingStartEvent start
        ? mapping(place, start, events, depth)
        : sequence(place, events, depth);
  }

  private void refuseTag(Optional<String> tag, Place place) {
    if (tag.isPresent()) {
      error("YAML_TAG", place, "there is a tag (!) here", "write the plain value");
    }
  }

  private Node sequence(Place place, Iterator<Event> events, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, events, depth + 1));
    }
    return new Node.Sequence(place, items);
  }

  private Node mapping(Place place, MappingStartEvent start, Iterator<Event> events, int depth) {
    List<Node.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    FlowForm form = new FlowForm(lines);
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Node key = node(event, events, depth + 1);
      Event next = events.next();
      Node value = node(next, events, depth + 1);
      if (start.isFlow() && form.isCutByComma(event, next)) {
        leaveOut(entries);
        continue;
      }
      if (accept(key, seen)) {
        Place where = Filler.isAt(value.place()) ? value.place() : key.place();
        entries.add(new Node.Entry(((Node.Scalar) key).text(), where, value));
      }
    }
    form.cut().forEach(f -> error("YAML_FLOW", f.place(file), f.message(), f.hint()));
    return new Node.Mapping(place, entries);
  }

  /** The value of the last entry is a part of what was meant, so nothing more is found of it. */
  private void leaveOut(List<Node.Entry> entries) {
    if (!entries.isEmpty()) {
      Node.Entry last = entries.remove(entries.size() - 1);
      Place filler = Filler.at(file, last.place().line());
      Node nothing = new Node.Scalar(filler, "", Node.Scalar.Style.PLAIN);
      entries.add(new Node.Entry(last.key(), filler, nothing));
    }
  }

  private boolean accept(Node key, Map<String, Place> seen) {
    if (!(key instanceof Node.Scalar scalar) || scalar.isNull()) {
      error("WRONG_TYPE", key.place(), "expected a key but found " + key.kind(), "");
      return false;
    }
    if (scalar.text().equals("<<") && scalar.style() == Node.Scalar.Style.PLAIN) {
      error("YAML_MERGE", key.place(), "there is a merge key (<<) here", "write the keys out");
      return false;
    }
    Place before = seen.putIfAbsent(scalar.text(), key.place());
    if (before != null) {
      error(
          "DUPLICATE_KEY",
          key.place(),
          "the key " + SafeWord.word(scalar.text()) + " is in line " + before.line() + " already",
          "remove one of the two");
      return false;
    }
    return true;
  }

  private void error(String code, Place place, String message, String hint) {
    failed = true;
    problems.error(code, place, message, hint);
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(this::place).orElse(Place.of(file));
  }

  private Place place(Mark mark) {
    long line = mark.getLine() + 1L;
    return unread.contains(line)
        ? Filler.at(file, line)
        : new Place(file, line, mark.getColumn() + 1L);
  }

  /** Ends the reading of a file that nests too deeply. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("too deep", null, false, false);
    }
  }
}
