package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Mapping;
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
                          head -> columns(table, head).ifPresent(tables::add),
                          () -> absent.add(name)));
    }
    return new ScanPlan(rule, target.detail(), tables, absent);
  }

  private Optional<ScannedTable> columns(TableRule table, SourceTable head) {
    List<ScannedColumn> columns = new ArrayList<>();
    for (int position = 0; position < head.columns().size(); position++) {
      int at = position;
      content(Optional.ofNullable(table.columns().get(head.columns().get(position))))
          .ifPresent(content -> columns.add(new ScannedColumn(at, content)));
    }
    int subject = head.columns().indexOf(table.subject().value());
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new ScannedTable(head, subject, columns));
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
