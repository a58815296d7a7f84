package org.consentry.operator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Generated source values of every kind a clinic writes, clean and broken; a seed repeats them. */
final class Given {

  private static final String STRANGE = "0123456789-/.: TZ+eE,xÄ𝒜'\"";

  private final SplittableRandom random;

  Given(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** So many values; every tenth is missing, and some repeat. */
  List<Optional<String>> values(int count) {
    List<Optional<String>> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(
          switch (random.nextInt(10)) {
            case 0 -> Optional.empty();
            case 1, 2, 3 -> values.isEmpty() ? Optional.of("x") : values.get(random.nextInt(i));
            default -> Optional.of(value()).filter(text -> !text.isEmpty());
          });
    }
    return values;
  }

  /** One value. */
  String value() {
    return switch (random.nextInt(7)) {
      case 0 -> day().toString();
      case 1 -> day() + "T" + day().atTime(random.nextInt(24), random.nextInt(60)).toLocalTime();
      case 2 -> number();
      case 3 -> zip();
      case 4 -> "MRN-" + random.nextInt(1_000_000);
      case 5 -> damaged(day().toString());
      default -> damaged(number());
    };
  }

  /** A day of the years 1880 to 2030. */
  LocalDate day() {
    return LocalDate.ofEpochDay(random.nextLong(-32_872, 22_280));
  }

  String number() {
    String sign = random.nextInt(3) == 0 ? "-" : "";
    String whole = Long.toString(random.nextLong(power(random.nextInt(14))));
    String fraction = random.nextInt(2) == 0 ? "" : "." + random.nextInt(1000);
    return sign + whole + fraction;
  }

  String zip() {
    String digits = Integer.toString(100_000 + random.nextInt(100_000)).substring(1);
    return switch (random.nextInt(5)) {
      case 0 -> digits + "-" + (1000 + random.nextInt(9000));
      case 1 -> digits.substring(1);
      case 2 -> damaged(digits);
      default -> digits;
    };
  }

  /** The text with one character taken out, doubled or exchanged. */
  String damaged(String text) {
    int at = random.nextInt(text.length());
    int from = STRANGE.offsetByCodePoints(0, random.nextInt(25));
    String strange = Character.toString(STRANGE.codePointAt(from));
    return text.substring(0, at)
        + (random.nextInt(3) == 0 ? "" : strange)
        + text.substring(random.nextInt(2) == 0 ? at : at + 1);
  }

  private static long power(int exponent) {
    long power = 10;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }
}
