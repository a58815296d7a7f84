package org.consentry.plan;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binder;
import org.consentry.config.Job.SourceRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.connector.Connectors;
import org.consentry.connector.FormattedTable;
import org.consentry.connector.Source;
import org.consentry.connector.SourceFactory;
import org.consentry.connector.SourceTable;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** The heads of the source's tables, each opened once. Not thread-safe. */
final class SourceHeads {

  private final Optional<Source> source;
  private final SourceFormats formats;
  private final Problems problems;
  private final Map<String, Optional<SourceTable>> heads = new LinkedHashMap<>();

  private SourceHeads(Optional<Source> source, SourceFormats formats, Problems problems) {
    this.source = source;
    this.formats = formats;
    this.problems = problems;
  }

  /**
   * Opens the source a job names. When that fails every table is absent and nothing more is
   * reported of them.
   *
   * @param formats how their columns are written
   */
  static SourceHeads open(
      Connectors connectors,
      SourceRule rule,
      Path folder,
      SourceFormats formats,
      Problems problems) {
    String type = rule.type().value();
    Optional<SourceFactory<?>> factory = connectors.source(type);
    if (factory.isPresent()) {
      return new SourceHeads(open(factory.get(), rule, folder, problems), formats, problems);
    }
    problems.error(
        "UNKNOWN_WORD",
        rule.type().place(),
        "there is no source of type " + SafeWord.word(type),
        Suggestion.hint(type, connectors.sources().stream().map(SourceFactory::name).toList()));
    return new SourceHeads(Optional.empty(), formats, problems);
  }

  private static <C extends Record> Optional<Source> open(
      SourceFactory<C> factory, SourceRule rule, Path folder, Problems problems) {
    Optional<C> config =
        Binder.bind(
            rule.settings(),
            rule.place(),
            factory.config(),
            Binder.keys(SourceRule.class),
            problems);
    try {
      Optional<Source> opened = config.map(settings -> factory.open(settings, folder));
      opened.ifPresent(source -> problems.addAll(source.warnings()));
      return opened;
    } catch (ProblemException refused) {
      report(refused, problems);
      return Optional.empty();
    }
  }

  /** What may pass, and a key that is not there, is no mistake of a file. */
  private static void report(ProblemException refused, Problems problems) {
    if (refused.category() != Category.FILES_INVALID) {
      throw refused;
    }
    problems.addAll(refused.problems());
  }

  /**
   * The table of the source that has the consent lines.
   *
   * @return empty after a problem was added, or when the source could not be opened
   */
  Optional<ConsentOrigin> consents(WithPlace<String> table) {
    if (source.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<SourceTable> found = source.get().unsplit(table.value());
      if (found.isEmpty()) {
        missing(table.value(), table.place(), "name the table or view of the consent lines");
      }
      return found.map(ConsentOrigin::of);
    } catch (ProblemException refused) {
      report(refused, problems);
      return Optional.empty();
    }
  }

  private void missing(String table, Place place, String hint) {
    problems.error("MISSING_TABLE", place, "the source has no table " + SafeWord.word(table), hint);
  }

  /**
   * The head of a table.
   *
   * @param place who asks for it
   * @return empty after a problem was added, or when the source could not be opened
   */
  Optional<SourceTable> table(String name, Place place) {
    if (source.isEmpty()) {
      return Optional.empty();
    }
    return heads.computeIfAbsent(name, table -> head(source.get(), table, place));
  }

  /** The tables that were opened, in the order in which they were asked for. */
  List<SourceTable> opened() {
    return heads.values().stream().flatMap(Optional::stream).toList();
  }

  /** Whether the source or a table that was asked for could not be opened. */
  boolean lacksSome() {
    return source.isEmpty() || heads.containsValue(Optional.<SourceTable>empty());
  }

  /** The head of a table that the source need not have. */
  Optional<SourceTable> ifThere(String name) {
    if (heads.containsKey(name) || source.isEmpty()) {
      return heads.getOrDefault(name, Optional.empty());
    }
    try {
      return formatted(source.get(), name);
    } catch (ProblemException unreadable) {
      report(unreadable, problems);
      return Optional.empty();
    }
  }

  private Optional<SourceTable> formatted(Source opened, String name) {
    return opened.table(name).map(table -> FormattedTable.of(table, formats.of(name)));
  }

  /** How the columns are written. */
  SourceFormats formats() {
    return formats;
  }

  private Optional<SourceTable> head(Source opened, String name, Place place) {
    try {
      Optional<SourceTable> table = formatted(opened, name);
      if (table.isEmpty()) {
        missing(name, place, "add it to the source, or leave it out of the job's tables");
      }
      return table;
    } catch (ProblemException refused) {
      report(refused, problems);
      return Optional.empty();
    }
  }
}
