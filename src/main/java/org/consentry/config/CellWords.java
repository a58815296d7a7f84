package org.consentry.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.TakesNull;
import org.consentry.data.WrittenDates;
import org.consentry.data.WrittenNumbers;

/**
 * How the source writes dates, numbers and missing values. Each key that is absent is what the
 * table states, then what the job's source states, then the usual way.
 *
 * @param format how dates and times are written
 * @param decimal the mark before the fraction of a number
 * @param thousands the mark between groups of three digits
 * @param currency signs that may be beside a number
 * @param nulls words that mean a missing value
 */
public record CellWords(
    @Doc(
            "how the source writes dates and times: a pattern such as dd.MM.yyyy or M/d/yyyy h:mm"
                + " a, or iso, excel, epoch-days, epoch-seconds, epoch-millis; default iso")
        Optional<WithPlace<String>> format,
    @Doc("the mark before the fraction of a number in the source, . or ,; default .")
        Optional<DecimalMark> decimal,
    @Doc("the mark between groups of three digits in the source: . , ' or a blank; default none")
        Optional<ThousandsMark> thousands,
    @Doc("signs that may be beside a number in the source, such as €, $ or CHF; default none")
        Optional<@OneOrMany @MayBeEmpty List<CurrencySign>> currency,
    @Doc("words that mean a missing value in the source, such as NULL or -; default none")
        Optional<@OneOrMany @MayBeEmpty List<NullWord>> nulls) {

  /** Nothing is stated. */
  public static final CellWords NONE =
      new CellWords(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public CellWords {
    format.ifPresent(CellWords::check);
    currency = currency.map(List::copyOf);
    nulls = nulls.map(List::copyOf);
    Optional<Character> groups = thousands.map(ThousandsMark::mark);
    new WrittenNumbers(decimal.map(DecimalMark::mark).orElse(otherThan(groups)), groups, List.of());
  }

  private static void check(WithPlace<String> format) {
    try {
      WrittenDates.of(format.value());
    } catch (IllegalArgumentException flaw) {
      throw new IllegalArgumentException("format " + flaw.getMessage(), flaw);
    }
  }

  /** A decimal mark that fits; which one it is may be stated elsewhere. */
  private static char otherThan(Optional<Character> thousands) {
    return thousands.filter(mark -> mark == '.').isPresent() ? ',' : '.';
  }

  /** These words where they are stated, and others where not. */
  public CellWords or(CellWords others) {
    return new CellWords(
        format.or(others::format),
        decimal.or(others::decimal),
        thousands.or(others::thousands),
        currency.or(others::currency),
        nulls.or(others::nulls));
  }

  /** Whether something about numbers is stated. */
  public boolean statesNumbers() {
    return decimal.isPresent() || thousands.isPresent() || currency.isPresent();
  }

  /** How dates are written. */
  public WrittenDates dates() {
    return format.map(words -> WrittenDates.of(words.value())).orElse(WrittenDates.ISO);
  }

  /** How numbers are written. */
  public WrittenNumbers numbers() {
    return new WrittenNumbers(
        decimal.map(DecimalMark::mark).orElse('.'),
        thousands.map(ThousandsMark::mark),
        currency.orElse(List.of()).stream().map(CurrencySign::text).toList());
  }

  /** The words that mean a missing value. */
  public Set<String> missing() {
    return nulls.orElse(List.of()).stream()
        .map(NullWord::text)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What is before the fraction of a number.
   *
   * @param mark a point or a comma
   */
  @Doc(value = "\".\" or \",\"", pattern = "[.,]")
  public record DecimalMark(char mark) {

    /** Reads the mark. */
    public static Optional<DecimalMark> parse(String text) {
      return Optional.of(text)
          .filter(mark -> mark.length() == 1 && WrittenNumbers.isDecimal(mark.charAt(0)))
          .map(mark -> new DecimalMark(mark.charAt(0)));
    }
  }

  /**
   * What is between groups of three digits.
   *
   * @param mark a point, a comma, an apostrophe or a blank
   */
  @Doc(
      value = "\".\", \",\", \"'\" or a blank in quotes: \" \"",
      pattern = "[.,'\u2019 \u00A0\u202F\u2009]")
  public record ThousandsMark(char mark) {

    /** Reads the mark. */
    public static Optional<ThousandsMark> parse(String text) {
      return Optional.of(text)
          .filter(mark -> mark.length() == 1 && WrittenNumbers.isSeparator(mark.charAt(0)))
          .map(mark -> new ThousandsMark(mark.charAt(0)));
    }
  }

  /**
   * A sign that may be beside a number.
   *
   * @param text the sign
   */
  @Doc(
      "a sign such as €, $ or CHF: up to 8 characters without digits, blanks, signs and separators"
          + " of numbers")
  public record CurrencySign(String text) {

    /** Reads the sign. */
    public static Optional<CurrencySign> parse(String text) {
      return Optional.of(text).filter(WrittenNumbers::isCurrency).map(CurrencySign::new);
    }
  }

  /**
   * A word that means a missing value.
   *
   * @param text the word
   */
  @Doc("a word that means a missing value, such as NULL, - or \"\\\\N\"")
  @TakesNull
  public record NullWord(String text) {

    /** Reads a word; an empty cell is missing anyway. */
    public static Optional<NullWord> parse(String text) {
      return text.isBlank() ? Optional.empty() : Optional.of(new NullWord(text.strip()));
    }
  }
}
