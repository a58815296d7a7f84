package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.EnumWord;
import org.consentry.data.Placeholder;

/**
 * The proposed rule of one column.
 *
 * @param role why the column matters
 * @param action what happens to it: the lines of {@code do} and of the operator's own keys
 * @param as the released name; empty for the column's own
 * @param type what its values are; empty when it is dropped
 * @param remark why
 */
record DraftRule(
    Role role, List<String> action, Optional<String> as, Optional<String> type, String remark) {

  private static final String WHY = Placeholder.of("why the study needs it");

  private static final String DOMAIN = "domain: ";

  DraftRule {
    action = List.copyOf(action);
  }

  static DraftRule drop(Role role, String remark) {
    return new DraftRule(
        role, List.of("do: " + OutputRule.DROP), Optional.empty(), Optional.empty(), remark);
  }

  boolean isReleased() {
    return type.isPresent();
  }

  /** The same with another released name; empty for the column's own. */
  DraftRule named(Optional<String> name) {
    return new DraftRule(role, action, name, type, remark);
  }

  /** The same with one more key. */
  DraftRule with(String setting) {
    List<String> more = new ArrayList<>(action);
    more.add(setting);
    return new DraftRule(role, more, as, type, remark);
  }

  /** The domain of its codes; empty when it makes none. */
  Optional<String> domain() {
    return action.stream()
        .filter(line -> line.startsWith(DOMAIN))
        .map(line -> line.substring(DOMAIN.length()))
        .findFirst();
  }

  /** The keys of the rule, in block style. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("role: " + EnumWord.of(role));
    lines.addAll(action);
    as.ifPresent(name -> lines.add("as: " + DraftText.word(name)));
    type.ifPresent(
        word -> {
          lines.add("type: " + word);
          lines.add("why: " + WHY);
        });
    return lines;
  }
}
