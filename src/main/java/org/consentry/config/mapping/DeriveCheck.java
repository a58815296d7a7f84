package org.consentry.config.mapping;

import java.util.ArrayList;
import java.util.List;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.problem.Problems;

/** Checks what derived columns are made of. Reports everything it finds. */
final class DeriveCheck {

  private static final String BIRTH_DATE = DeriveRule.SUBJECT + "birthDate";
  private static final String DEATH_DATE = DeriveRule.SUBJECT + "deathDate";

  private final Mapping mapping;
  private final Problems problems;

  DeriveCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  void check(String name, TableRule table) {
    for (DeriveRule rule : table.derive()) {
      for (WithPlace<String> input : rule.inputs()) {
        if (DeriveRule.isOfSubject(input.value())) {
          subject(input);
        } else {
          column(name, table, input);
        }
      }
    }
  }

  /** A column without a rule has no role, so the columns made of it could not be judged. */
  private void column(String name, TableRule table, WithPlace<String> input) {
    if (!table.columns().containsKey(input.value())) {
      problems.error(
          "UNKNOWN_COLUMN",
          input.place(),
          "table '" + name + "' has no rule for a column " + SafeWord.word(input.value()),
          Suggestion.hint(input.value(), table.columns().keySet()));
    }
  }

  private void subject(WithPlace<String> input) {
    List<String> known = new ArrayList<>();
    mapping.subjects().birthDate().ifPresent(column -> known.add(BIRTH_DATE));
    mapping.subjects().deathDate().ifPresent(column -> known.add(DEATH_DATE));
    String word = input.value();
    if (known.contains(word) || Binder.isFiller(mapping.subjects().table().place())) {
      return;
    }
    boolean isOptional = word.equals(BIRTH_DATE) || word.equals(DEATH_DATE);
    problems.error(
        "UNKNOWN_SUBJECT_ATTRIBUTE",
        input.place(),
        "the mapping does not have " + SafeWord.word(word),
        isOptional
            ? "add " + word.substring(DeriveRule.SUBJECT.length()) + ": under subjects:"
            : Suggestion.hint(word, List.of(BIRTH_DATE, DEATH_DATE)));
  }
}
