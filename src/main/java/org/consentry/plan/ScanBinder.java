package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.ScanRule;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.connector.SourceTable;
import org.consentry.data.Effect;
import org.consentry.data.ReleaseDetail;
import org.consentry.plan.ScanPlan.Content;
import org.consentry.plan.ScanPlan.ScannedColumn;
import org.consentry.plan.ScanPlan.ScannedTable;
import org.consentry.policy.LegalTarget;
import org.consentry.problem.Place;

/** Finds the columns of the source whose values the finished files are searched for. */
final class ScanBinder {

  private final Mapping mapping;
  private final Map<Place, Effect> effects;
  private final LegalTarget target;

  /**
   * For a mapping.
   *
   * @param effects what its rules still reveal, by the place of the operator's word
   */
  ScanBinder(Mapping mapping, Map<Place, Effect> effects, LegalTarget target) {
    this.mapping = mapping;
    this.effects = effects;
    this.target = target;
  }

  /** Binds the rule of a job; empty when it has none. */
  Optional<ScanPlan> bind(Optional<ScanRule> given, SourceHeads heads) {
    return given.map(rule -> bind(rule, heads));
  }

  private ScanPlan bind(ScanRule rule, SourceHeads heads) {
    List<ScannedTable> tables = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    if (rule.identifiers() == ScanRule.Identifiers.SOURCE) {
      mapping
          .tables()
          .forEach(
              (name, table) ->
                  heads
                      .ifThere(name)
                      .ifPresentOrElse(
                          head -> columns(name, table, head, heads).ifPresent(tables::add),
                          () -> absent.add(name)));
    }
    return new ScanPlan(rule, target.detail(), tables, absent);
  }

  private Optional<ScannedTable> columns(
      String name, TableRule table, SourceTable head, SourceHeads heads) {
    List<ScannedColumn> columns = new ArrayList<>();
    String subject = table.subject().value();
    boolean isOfSubjects = name.equals(mapping.subjects().table().value());
    for (int position = 0; position < head.columns().size(); position++) {
      int at = position;
      String column = head.columns().get(position);
      if (head.refusal(column).isPresent()) {
        continue; // it has no text that could be found again
      }
      Optional<ColumnRule> rule = Optional.ofNullable(table.columns().get(column));
      Optional<Content> content = content(rule);
      if (content.equals(Optional.of(Content.KEY)) && !isOfSubjects) {
        content = Optional.of(column.equals(subject) ? subjectKey(heads) : key(rule.orElseThrow()));
      }
      content.ifPresent(found -> columns.add(new ScannedColumn(at, found)));
    }
    int subjectAt = head.columns().indexOf(subject);
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScannedTable(head, subjectAt, columns));
  }

  /** The key of a row's subject: collected from the table of subjects, as far as that is one. */
  private Content subjectKey(SourceHeads heads) {
    SubjectsTable subjects = mapping.subjects();
    return Optional.ofNullable(mapping.tables().get(subjects.table().value()))
        .filter(table -> heads.ifThere(subjects.table().value()).isPresent())
        .flatMap(table -> content(Optional.ofNullable(table.columns().get(subjects.key().value()))))
        .filter(content -> content == Content.KEY)
        .map(content -> Content.SUBJECT)
        .orElse(Content.KEY);
  }

  /** What a key is that is not its table's subject: of another person, or of a record. */
  private Content key(ColumnRule rule) {
    Set<String> people =
        Optional.ofNullable(mapping.tables().get(mapping.subjects().table().value()))
            .map(table -> table.columns().get(mapping.subjects().key().value()))
            .map(this::domains)
            .orElse(Set.of());
    return domains(rule).stream().anyMatch(people::contains) ? Content.KEY : Content.RECORD_KEY;
  }

  private Set<String> domains(ColumnRule rule) {
    return rule.outputs().stream()
        .map(this::effect)
        .filter(Effect.Code.class::isInstance)
        .map(effect -> ((Effect.Code) effect).domain())
        .collect(Collectors.toSet());
  }

  /** What the values of a column are; empty when they are not searched for. */
  private Optional<Content> content(Optional<ColumnRule> rule) {
    if (rule.isEmpty()) {
      return Optional.of(Content.UNKNOWN);
    }
    List<OutputRule> outputs = rule.get().outputs();
    if (has(outputs, Role.DIRECT_IDENTIFIER)) {
      return Optional.of(Content.IDENTIFIER);
    }
    if (has(outputs, Role.LINKAGE_KEY)) {
      return Optional.of(Content.KEY);
    }
    List<Effect> revealed = outputs.stream().map(this::effect).toList();
    if (revealed.stream().anyMatch(Effect::readsDates)) {
      boolean isReleased = revealed.contains(new Effect.TrueValue());
      return isReleased || target.detail() != ReleaseDetail.AS_MAPPED
          ? Optional.empty()
          : Optional.of(Content.DATE);
    }
    boolean isDropped = Set.copyOf(revealed).equals(Set.of(new Effect.Removes()));
    return isDropped && !has(outputs, Role.FREE_TEXT)
        ? Optional.of(Content.UNKNOWN)
        : Optional.empty();
  }

  private static boolean has(List<OutputRule> outputs, Role role) {
    return outputs.stream().anyMatch(output -> output.role().value() == role);
  }

  private Effect effect(OutputRule output) {
    return Optional.ofNullable(effects.get(output.operator().place()))
        .orElseGet(Effect.Removes::new);
  }
}
