package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.consent.ConsentLine.Categories;
import org.consentry.consent.ConsentLine.DuoTerm;
import org.consentry.consent.ConsentLine.Listed;
import org.consentry.data.Blanks;
import org.consentry.data.IsoDates;
import org.consentry.data.RecordCategory;

/**
 * Cells of consent lines to values, given without blanks at their ends. Every word must be written
 * exactly; an empty cell is not stated.
 */
final class CellReader {

  private static final String NOT_STATED = "NOT_STATED";

  private static final String PURPOSES =
      "HL7 PurposeOfUse codes divided by |, such as HRESCH or CLINTRCH, or *";

  private static final String CATEGORIES =
      "* or record categories divided by |, of " + words(RecordCategory.values());

  private static final String DUO_TERMS = "DUO terms divided by |, of " + words(DuoCode.values());

  /** A cell that cannot be read. It names what was expected, never the cell. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String expected;

    Unreadable(String expected) {
      super(expected, null, false, false);
      this.expected = expected;
    }

    String expected() {
      return expected;
    }
  }

  private static final int LONGEST_TIME = 40;
  private static final long MINUTE = 60_000_000L;
  private static final long SECOND = 1_000_000L;
  private static final int DIGEST_DIGITS = 64;
  private static final Pattern MONTHS = Pattern.compile("[1-9][0-9]{0,3}");

  private CellReader() {}

  /** A day written {@code yyyy-MM-dd}, or {@link ConsentLine#NO_DAY} for an empty cell. */
  static int day(byte[] cell, int start, int end) throws Unreadable {
    if (start == end) {
      return ConsentLine.NO_DAY;
    }
    long day = end - start == 10 ? IsoDates.day(cell, start, end) : IsoDates.INVALID;
    if (day == IsoDates.INVALID) {
      throw new Unreadable("a date yyyy-MM-dd that exists");
    }
    return Math.toIntExact(day);
  }

  /** A day, or {@link ConsentLine#ANY_DAY} for {@code *}. */
  static int bound(byte[] cell, int start, int end) throws Unreadable {
    boolean isAny = end - start == 1 && cell[start] == '*';
    return isAny ? ConsentLine.ANY_DAY : day(cell, start, end);
  }

  /** The first microsecond of a moment, or {@link ConsentLine#NO_TIME} for an empty cell. */
  static long time(byte[] cell, int start, int end) throws Unreadable {
    if (start == end) {
      return ConsentLine.NO_TIME;
    }
    boolean local = cell[end - 1] != 'Z' && end - start <= LONGEST_TIME;
    long time = local ? IsoDates.timestamp(cell, start, end) : IsoDates.INVALID;
    if (time == IsoDates.INVALID) {
      throw new Unreadable("a date or a time yyyy-MM-ddTHH:mm:ss that exists, without zone");
    }
    return time;
  }

  /** The last microsecond which a moment written in so many characters can mean. */
  static long lastMicro(long first, int length) {
    return switch (length) {
      case 0 -> first;
      case 10 -> first + ClinicTime.MICROS_A_DAY - 1;
      case 16 -> first + MINUTE - 1;
      case 19 -> first + SECOND - 1;
      default -> first;
    };
  }

  /** A constant by its exact name; an empty cell is {@code otherwise}. */
  static <E extends Enum<E>> E word(String cell, E[] known, E otherwise) throws Unreadable {
    if (cell.isEmpty()) {
      return otherwise;
    }
    for (E constant : known) {
      if (constant.name().equals(cell) && !cell.equals(NOT_STATED)) {
        return constant;
      }
    }
    throw new Unreadable("nothing or one of " + words(known));
  }

  /** A constant by its exact name; an empty cell is unreadable. */
  static <E extends Enum<E>> E word(String cell, E[] known) throws Unreadable {
    for (E constant : known) {
      if (constant.name().equals(cell)) {
        return constant;
      }
    }
    throw new Unreadable("one of " + words(known));
  }

  private static String words(Enum<?>[] known) {
    return Arrays.stream(known)
        .map(Enum::name)
        .filter(name -> !name.equals(NOT_STATED))
        .collect(Collectors.joining(", "));
  }

  /** A digest of 64 hexadecimal digits, or nothing. */
  static String digest(byte[] cell, int start, int end) throws Unreadable {
    boolean fits = start == end || end - start == DIGEST_DIGITS;
    for (int i = start; fits && i < end; i++) {
      byte c = cell[i];
      fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
    if (!fits) {
      throw new Unreadable("64 hexadecimal digits");
    }
    return new String(cell, start, end - start, StandardCharsets.US_ASCII);
  }

  /** PurposeOfUse codes. */
  static Listed purposes(String cell) throws Unreadable {
    Listed listed = list(cell);
    if (!listed.names().stream().allMatch(PurposeOfUse.bundled()::isKnown)) {
      throw new Unreadable(PURPOSES);
    }
    return listed;
  }

  static Categories categories(String cell) throws Unreadable {
    Listed listed = list(cell);
    long named = 0;
    for (String name : listed.names()) {
      named |= orUnreadable(RecordCategory.parse(name), CATEGORIES).bit();
    }
    return new Categories(listed.everything(), named);
  }

  static List<DuoTerm> duo(String cell) throws Unreadable {
    Listed listed = list(cell);
    if (listed.everything()) {
      throw new Unreadable(DUO_TERMS);
    }
    List<DuoTerm> terms = new ArrayList<>();
    for (String name : listed.names()) {
      terms.add(term(name));
    }
    return List.copyOf(terms);
  }

  /** Any words divided by {@code |}, none of them empty as in {@code a||b} or {@code |a}. */
  static Listed list(String cell) throws Unreadable {
    if (cell.isEmpty()) {
      return Listed.NOTHING;
    }
    if (cell.equals("*")) {
      return Listed.EVERYTHING;
    }
    boolean everything = false;
    List<String> names = new ArrayList<>();
    for (String word : cell.split("\\|", -1)) {
      String name = Blanks.trim(word);
      if (name.isEmpty()) {
        throw new Unreadable("words divided by |, none of them empty");
      }
      if (name.equals("*")) {
        everything = true;
      } else {
        names.add(name);
      }
    }
    return new Listed(everything, names);
  }

  /** {@code NPU}, {@code DUO:0000045}, {@code TS:60}, {@code DUO:0000025:60}. */
  private static DuoTerm term(String word) throws Unreadable {
    int colon = word.indexOf(':', word.startsWith("DUO:") ? 4 : 0);
    String name = colon < 0 ? word : word.substring(0, colon);
    String argument = colon < 0 ? "" : word.substring(colon + 1);
    DuoCode code = orUnreadable(DuoCode.parse(name), DUO_TERMS);
    boolean fits =
        switch (code) {
          case TS -> MONTHS.matcher(argument).matches();
          case DS -> argument.isEmpty() || ConsentRequest.isDisease(argument);
          case MOR -> argument.isEmpty() || isSpan(argument);
          case GS, IS, PS, US, RS -> true;
          default -> argument.isEmpty();
        };
    if (!fits) {
      throw new Unreadable(
          "DUO terms with an argument of their kind, such as DS:H02.4, TS:60 or MOR:2027-01-31");
    }
    return new DuoTerm(code, argument);
  }

  /** Months from the signature, or the last day. */
  private static boolean isSpan(String argument) {
    if (MONTHS.matcher(argument).matches()) {
      return true;
    }
    byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
    return bytes.length == 10 && IsoDates.day(bytes, 0, 10) != IsoDates.INVALID;
  }

  private static <T> T orUnreadable(Optional<T> value, String expected) throws Unreadable {
    if (value.isEmpty()) {
      throw new Unreadable(expected);
    }
    return value.get();
  }
}
