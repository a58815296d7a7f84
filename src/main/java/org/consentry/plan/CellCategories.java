package org.consentry.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.DeriveRule;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;
import org.consentry.operator.SubjectAttribute;

/**
 * The consent categories that must all cover a released cell: those of everything it depends on,
 * whether that is released or not.
 */
record CellCategories(Mapping mapping) {

  /** The categories of a column made of one source column. */
  Set<RecordCategory> of(TableRule table, OutputRule rule, Optional<Operator> operator) {
    Set<RecordCategory> categories =
        EnumSet.of(rule.category().map(WithPlace::value).orElse(table.category().value()));
    operator.ifPresent(
        bound -> bound.subjectAttributes().forEach(each -> categories.addAll(of(each))));
    return categories;
  }

  /**
   * The categories of a derived column: its own, those of all inputs of its rule, and those of what
   * the operator reads of the subject besides.
   */
  Set<RecordCategory> of(
      TableRule table, DeriveRule rule, DerivedColumn column, Operator operator) {
    Set<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    column.category().ifPresent(own -> categories.add(own.value()));
    operator.subjectAttributes().forEach(each -> categories.addAll(of(each)));
    for (WithPlace<String> input : rule.inputs()) {
      categories.addAll(
          DerivedParts.attribute(input.value())
              .map(this::of)
              .orElseGet(() -> table.categories(input.value())));
    }
    return categories;
  }

  private Set<RecordCategory> of(SubjectAttribute attribute) {
    SubjectsTable subjects = mapping.subjects();
    List<WithPlace<String>> columns =
        switch (attribute) {
          case BIRTH_DATE -> subjects.birthColumns();
          case DEATH_DATE -> subjects.deathDate().stream().toList();
        };
    TableRule table = mapping.tables().get(subjects.table().value());
    if (table == null || columns.isEmpty()) {
      return EnumSet.of(RecordCategory.DEMOGRAPHIC);
    }
    Set<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    columns.forEach(column -> categories.addAll(table.categories(column.value())));
    return categories;
  }
}
