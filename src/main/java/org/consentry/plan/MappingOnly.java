package org.consentry.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.TableRule;
import org.consentry.policy.Acknowledgements;
import org.consentry.policy.TimelessTables;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/** Checks a mapping without a job: its words, its parts, its operators and its lists. */
final class MappingOnly {

  private MappingOnly() {}

  static List<Problem> check(Catalogue catalogue, Path file, LocalDate today) {
    Problems problems = new Problems();
    MappingFile.read(file, Place.name(file), problems)
        .ifPresent(
            read -> bind(catalogue, read.mapping(), new Lists(folder(file)), today, problems));
    return Binder.withoutFillers(problems.list());
  }

  static Path folder(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static void bind(
      Catalogue catalogue, Mapping mapping, Lists lists, LocalDate today, Problems problems) {
    SourceFormats formats = SourceFormats.of(mapping, catalogue.operators(), problems);
    RuleBinder operators =
        new RuleBinder(
            catalogue.operators(),
            mapping,
            formats,
            SourceTime.of(mapping, formats.dates(), today, problems),
            lists,
            ChosenLevels.asMapped(problems),
            problems);
    CodePrefixes.check(mapping, operators.effects(), problems);
    Slots slots = new Slots(problems);
    mapping.tables().forEach((name, table) -> bind(name, table, operators, slots));
    UnreadRules unread = new UnreadRules(mapping, operators.effects());
    problems.addAll(unread.without(TimelessTables.check(mapping, operators.effects(), Map.of())));
    problems.addAll(
        unread.without(
            Acknowledgements.check(mapping, operators.effects(), catalogue.policies(), today)));
  }

  /** Binds the rules of a table for their problems alone. */
  static void bind(String name, TableRule table, RuleBinder operators, Slots slots) {
    table
        .columns()
        .forEach(
            (column, rule) ->
                rule.outputs()
                    .forEach(output -> operators.bind(name, table, column, output, slots)));
    table.derive().forEach(rule -> operators.bind(name, table, rule, slots));
  }
}
