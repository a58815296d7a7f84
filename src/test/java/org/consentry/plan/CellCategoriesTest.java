package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
import org.consentry.config.YamlFile;
import org.consentry.data.OperatorNote;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.SubjectAttribute;
import org.consentry.operator.Transformer;
import org.consentry.problem.Category;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

final class CellCategoriesTest {

  private static final String MAPPING =
      """
      mapping: spec
      version: 1
      subjects: {table: people, key: id, birthDate: born}
      tables:
        people: {subject: id, key: [id], category: DEMOGRAPHIC, columns: {born: {role: quasi-identifier, do: drop}}}
        visits:
          {subject: id, key: [visit_id], recordDate: [seen], category: VISIT, columns: {seen: {role: quasi-identifier, do: drop}},
          derive: [
            {do: interval, from: {start: seen, end: back}, release: {as: gap, role: sensitive, type: integer}}]}
      """;

  /** An operator that reads some attributes of the subject besides its inputs. */
  private record Reading(Set<SubjectAttribute> subjectAttributes) implements Operator {

    @Override
    public String name() {
      return "reading";
    }

    @Override
    public List<OperatorNote> notes() {
      return List.of();
    }

    @Override
    public Transformer open(OperatorKeys keys) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void asksOfADerivedColumnWhatItsOperatorReadsOfTheSubject() {
    assertThat(of(new Reading(Set.of()))).containsExactly(RecordCategory.VISIT);
    assertThat(of(new Reading(Set.of(SubjectAttribute.BIRTH_DATE))))
        .containsExactlyInAnyOrder(RecordCategory.VISIT, RecordCategory.DEMOGRAPHIC);
  }

  private static Set<RecordCategory> of(Operator operator) {
    Problems problems = new Problems();
    Mapping mapping =
        YamlFile.parse(MAPPING.getBytes(StandardCharsets.UTF_8), "m.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems))
            .orElseThrow();
    problems.throwIfAny(Category.FILES_INVALID);
    TableRule visits = Objects.requireNonNull(mapping.tables().get("visits"));
    DeriveRule rule = visits.derive().get(0);
    return new CellCategories(mapping).of(visits, rule, rule.release().get(0), operator);
  }
}
