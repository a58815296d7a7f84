package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.Doc;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.operator.text.ByteOutput;
import org.consentry.problem.Problems;

/**
 * Keeps the first or last characters of a value and writes a mask character for each of the others.
 * A value that is no longer than what would be kept is masked as a whole. A character is a Unicode
 * code point.
 */
final class Mask implements OperatorFactory<Mask.Config> {

  /**
   * Keys of {@code mask}.
   *
   * @param keepFirst characters kept at the beginning; default 0
   * @param keepLast characters kept at the end; default 0
   * @param with the mask character; default {@code *}
   */
  record Config(
      @Doc("characters kept at the beginning; default 0") Optional<Integer> keepFirst,
      @Doc("characters kept at the end; default 0") Optional<Integer> keepLast,
      @Doc("the mask character; default *") Optional<String> with) {
    Config {
      if (keepFirst.orElse(0) < 0) {
        throw new IllegalArgumentException("keepFirst must not be negative");
      }
      if (keepLast.orElse(0) < 0) {
        throw new IllegalArgumentException("keepLast must not be negative");
      }
      if (with.isPresent() && with.get().codePointCount(0, with.get().length()) != 1) {
        throw new IllegalArgumentException("with must be one character");
      }
    }
  }

  @Override
  public String name() {
    return "mask";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.TruePart(Optional.empty());
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.TEXT, FieldType.Kind.CODE)) {
      return Optional.empty();
    }
    int first = config.keepFirst().orElse(0);
    int last = config.keepLast().orElse(0);
    String with = config.with().orElse("*");
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("keepFirst", Integer.toString(first));
    parameters.put("keepLast", Integer.toString(last));
    parameters.put("with", with);
    OperatorNote note =
        new OperatorNote(
            "masking",
            "Characters were masked, all but the first " + first + " and the last " + last + ".",
            "The length, and the characters that were kept.",
            parameters);
    Transformer transformer =
        PerValue.bytes(
            "text", () -> (b, start, end, out) -> mask(b, start, end, first, last, with, out));
    return Optional.of(PlannedOperator.keyless(name(), note, transformer));
  }

  private static PerValue.Answer mask(
      byte[] b, int start, int end, int first, int last, String with, ByteOutput out) {
    int length = characters(b, start, end);
    boolean whole = length <= (long) first + last;
    int head = whole ? start : skip(b, start, first);
    int tail = whole ? end : skip(b, head, length - first - last);
    out.append(b, start, head);
    for (int i = whole ? 0 : first + last; i < length; i++) {
      out.append(with);
    }
    out.append(b, tail, end);
    return PerValue.Answer.GIVEN;
  }

  private static int characters(byte[] b, int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += isContinuation(b[i]) ? 0 : 1;
    }
    return count;
  }

  /** The position after so many characters. */
  private static int skip(byte[] b, int start, int characters) {
    int at = start;
    for (int i = 0; i < characters; i++) {
      at++;
      while (at < b.length && isContinuation(b[at])) {
        at++;
      }
    }
    return at;
  }

  private static boolean isContinuation(byte c) {
    return (c & 0xC0) == 0x80;
  }
}
