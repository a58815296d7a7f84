package org.consentry.config.mapping;

import org.consentry.config.Binder;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.SafeWord;
import org.consentry.config.WithPlace;
import org.consentry.data.CodeLimits;
import org.consentry.data.FieldType;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Checks that text and long codes are released for a reason. */
final class TextAndCodes {

  private TextAndCodes() {}

  /**
   * Checks a released column.
   *
   * @param column its source; empty for a derived column
   */
  static void check(String column, OutputRule output, Problems problems) {
    String name = SafeWord.word(output.as().map(WithPlace::value).orElse(column));
    boolean hasReason = output.why().filter(why -> !why.value().isBlank()).isPresent();
    output
        .type()
        .filter(type -> type.value().type().kind() == FieldType.Kind.TEXT)
        .filter(text -> !hasReason && output.role().value() != Role.FREE_TEXT)
        .filter(text -> !Binder.isFiller(output.role().place()))
        .ifPresent(text -> text(name, text.place(), problems));
    output.maxLength().ifPresent(length -> length(name, length, output, hasReason, problems));
  }

  private static void text(String name, Place place, Problems problems) {
    problems.error(
        "TEXT_REASON",
        place,
        "column " + name + " is released as text, which may contain anything, without a reason",
        "declare type: code when its values come from a list, write role: free-text when people"
            + " write it, or add why: the reason to release text");
  }

  private static void length(
      String name,
      WithPlace<Integer> length,
      OutputRule output,
      boolean hasReason,
      Problems problems) {
    if (output.type().isPresent()
        && output.type().get().value().type().kind() != FieldType.Kind.CODE) {
      problems.error(
          "IDLE_KEY",
          length.place(),
          "column " + name + " is no code, so that maxLength does nothing",
          "remove maxLength, or declare type: code");
    } else if (length.value() < 1 || length.value() > CodeLimits.LONGEST) {
      problems.error(
          "CODE_LENGTH",
          length.place(),
          "maxLength is "
              + length.value()
              + " but a code has 1 to "
              + CodeLimits.LONGEST
              + " characters",
          "correct maxLength, or declare type: text");
    } else if (length.value() > CodeLimits.LENGTH && !hasReason) {
      problems.error(
          "CODE_LENGTH",
          length.place(),
          "column "
              + name
              + " allows codes of "
              + length.value()
              + " characters, which may be text that people wrote, without a reason",
          "add why: the reason to release such values, or allow at most " + CodeLimits.LENGTH);
    }
  }
}
