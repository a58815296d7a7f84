package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Blanks;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problems;

/**
 * ZIP codes to their first three digits (45 CFR 164.514(b)(2)(i)(B)): the digits where the area of
 * all ZIP codes that begin with them has more than 20,000 people, {@code 000} everywhere else. The
 * list names the areas that may be released, so that an unknown or military prefix becomes {@code
 * 000} as well.
 *
 * <p>Taken are {@code 12345}, {@code 12345-6789}, {@code 12345 6789} and {@code 123456789}. A value
 * with letters, or of six digits, is the code of another country: missing, never cut. Four and
 * eight digits are not taken: a lost leading zero and the code of Switzerland or Brazil look alike.
 * Nor are three, because two lost zeros and a finished generalization look alike.
 */
final class Zip3 implements OperatorFactory<Zip3.Config> {

  private static final int LETTERS = -3;
  private static final int NO_CODE = -4;

  private static final List<Level> LEVELS =
      List.of(
          Level.ofTexts(
              "state", "Then replaced by the state of the area; 000 stays.", ZipStates::of),
          Level.NONE);

  private static final Labels PREFIXES = new Labels(prefixes());

  /** A list of areas and their population. */
  enum ZipList {
    CENSUS_2020
  }

  /** Keys of {@code generalize} with {@code to: zip3}: the list of populations. */
  record Config(ZipList list) {}

  @Override
  public String name() {
    return Generalization.to("zip3");
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Area(3);
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    if (!TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE)) {
      return Optional.empty();
    }
    ZipPopulations list =
        switch (config.list()) {
          case CENSUS_2020 -> ZipPopulations.census2020();
        };
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "ZIP codes were cut to three digits; areas of 20,000 people or fewer read 000.",
            "The area, as far as more than 20,000 people live in it.",
            Map.of(
                "to",
                "zip3",
                "list",
                list.id(),
                "listYear",
                Integer.toString(list.year()),
                "listSha256",
                list.sha256()));
    Transformer transformer =
        PerValue.labels(
            "a ZIP code of five digits, or ZIP+4 (four or eight digits may be a lost zero or another"
                + " country's code)",
            PREFIXES,
            (buffer, start, end) -> label(list, buffer, start, end));
    return Optional.of(
        PlannedOperator.keyless(Generalization.NAME, note, transformer).with(LEVELS));
  }

  private static int label(ZipPopulations list, byte[] b, int start, int end) {
    int prefix = prefix(b, start, end);
    return switch (prefix) {
      case LETTERS -> PerValue.NO_LABEL;
      case NO_CODE -> PerValue.INVALID_LABEL;
      default -> list.isReleasable(prefix) ? prefix : 0;
    };
  }

  /** The first three digits as a number, {@link #LETTERS} or {@link #NO_CODE}. */
  private static int prefix(byte[] b, int start, int end) {
    int digits = 0;
    int value = 0;
    int separatedAfter = 0;
    boolean letters = false;
    boolean strange = false;
    int last = Blanks.end(b, start, end);
    for (int i = Blanks.start(b, start, last); i < last; i++) {
      byte c = b[i];
      if (c >= '0' && c <= '9') {
        value = digits < 9 ? value * 10 + c - '0' : value;
        digits++;
      } else if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c < 0) {
        letters = true;
      } else if ((c == '-' || c == ' ') && separatedAfter == 0 && digits > 0) {
        separatedAfter = digits;
      } else {
        strange = true;
      }
    }
    if (letters || (digits == 6 && separatedAfter == 0 && !strange)) {
      return LETTERS;
    }
    if (strange || (separatedAfter != 0 && digits - separatedAfter != 4)) {
      return NO_CODE;
    }
    return switch (digits) {
      case 5 -> separatedAfter == 0 ? value / 100 : NO_CODE;
      case 9 -> value / 1_000_000;
      default -> NO_CODE;
    };
  }

  private static List<String> prefixes() {
    List<String> texts = new ArrayList<>(1000);
    for (int i = 0; i < 1000; i++) {
      texts.add("" + i / 100 + i / 10 % 10 + i % 10);
    }
    return texts;
  }
}
