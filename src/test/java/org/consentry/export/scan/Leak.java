package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A way in which an identifier gets into a release. */
record Leak(String name, Place place, Function<Person, String> text) {

  /** Where it is planted. */
  enum Place {
    /** Behind the text of a cell. */
    NOTE,
    /** Instead of a cell. */
    CELL,
    /** Instead of cells side by side, which the text separates by {@code |}. */
    SPLIT,
    /** Behind the text of a cell in a row with the person's code. */
    OWN_ROW,
    /** In a column of ages. */
    AGE,
    /** In the header. */
    HEADER,
    /** In the name of a new file. */
    FILE_NAME,
    /** In the name of a new folder. */
    FOLDER_NAME,
    /** As a line of a text file of the release. */
    LINE,
    /** As a new file, whose name is before the {@code |}. */
    FILE
  }

  /** A person of the source. */
  record Person(
      String code,
      String first,
      String last,
      String maiden,
      String ssn,
      String phone,
      String email,
      String record,
      String passport,
      String street,
      LocalDate day) {}

  static final List<Leak> ALL =
      List.of(
          note("name in a note", p -> "seen with " + p.last + " on the ward"),
          cell("name as a code", Person::last),
          note("name in a label", p -> ", " + p.first),
          note("name in capitals", p -> "with " + p.last.toUpperCase(Locale.ROOT)),
          note("name in small letters", p -> "with " + p.last.toLowerCase(Locale.ROOT)),
          note("name inverted", p -> p.last + ", " + p.first),
          note("name with initial", p -> p.first.charAt(0) + ". " + p.last),
          note("part of a double name", p -> "Mrs. " + p.last + "-Exampleton"),
          note("name with points between its letters", p -> spread(p.last, ".")),
          note("name with blanks between its letters", p -> spread(p.last, " ")),
          note("name with accents", p -> accented(p.last)),
          note("apostrophe left out", p -> p.maiden.replace("'", "")),
          note("apostrophe written as a blank", p -> p.maiden.replace("'", " ")),
          note("full-width letters", p -> wide(p.last)),
          note("zero-width characters inside", p -> spread(p.last, "\u200B")),
          note("soft hyphens inside", p -> spread(p.last, "\u00AD")),
          note("letters of another alphabet", p -> p.last.replace('a', 'а').replace('e', 'е')),
          note("name with digits behind", p -> p.last + "42"),
          note("names glued", p -> p.first + p.last),
          note("base64", p -> base64(p.first + " " + p.last)),
          note("base64 for URLs", p -> urlBase64("ÿ?" + p.first + " " + p.last)),
          note("base64 twice", p -> base64(base64(p.first + " " + p.last))),
          note("hexadecimal", p -> hex(p.last, "")),
          note("percent encoding", p -> hex(p.last, "%")),
          note("quoted-printable", p -> hex(p.last, "=")),
          note("HTML entities", p -> escaped(p.last, "&#%d;")),
          note("backslash escapes", p -> escaped(p.last, "\\u%04x")),
          note(
              "tag inside of a name", p -> p.last.charAt(0) + "<b>" + p.last.substring(1) + "</b>"),
          split(
              "name split over two cells", p -> p.last.substring(0, 2) + "|" + p.last.substring(2)),
          split(
              "number split over two cells", p -> digits(p.ssn, 0, 5) + "|" + digits(p.ssn, 5, 9)),
          split("number split over three cells", p -> p.ssn.replace('-', '|')),
          note("social security number", p -> "no. " + p.ssn),
          cell("social security number as a code", p -> p.ssn.replace("-", "")),
          note("blanks between digits", p -> spread(p.ssn.replace("-", ""), " ")),
          note("points between groups", p -> p.ssn.replace('-', '.')),
          note("telephone number", p -> "call " + p.phone),
          note("telephone with country code", p -> "+1 " + p.phone.replace("-", " ")),
          note("telephone as one number", p -> "+1" + p.phone.replace("-", "")),
          note("telephone in brackets", p -> "(" + p.phone.replaceFirst("-", ") ")),
          note("telephone without area", p -> "ring " + p.phone.substring(4)),
          note("e-mail", p -> "write to " + p.email),
          note("e-mail in angle brackets", p -> "<" + p.email.toUpperCase(Locale.ROOT) + ">"),
          note("e-mail with a tag", p -> p.email.replace("@", "+clinic@")),
          note("street", p -> "lives at " + p.street),
          note("street abbreviated", p -> p.street.replace("Street", "St.")),
          note("street in capitals with a flat", p -> p.street.toUpperCase(Locale.ROOT) + " APT 4"),
          note("record number with hyphens", p -> p.record.replaceAll("(..)(?=.)", "$1-")),
          cell("record number glued into a code", p -> "X" + p.record + "Y"),
          note("record number with zeros before", p -> "000" + p.record),
          note("number with letters", p -> "id " + p.passport.toLowerCase(Locale.ROOT)),
          note("number with letters and hyphens", p -> p.passport.replaceAll("(...)(?=.)", "$1-")),
          own("date of the person", p -> p.day.toString()),
          own("date transposed", p -> format(p.day, "M/d/yyyy")),
          own("date with a year of two digits", p -> format(p.day, "MM/dd/yy")),
          own("date with the name of the month", p -> format(p.day, "d MMM yyyy")),
          own("date with the month first", p -> format(p.day, "MMMM d, yyyy")),
          own("date without separators", p -> format(p.day, "yyyyMMdd")),
          own("date with points", p -> format(p.day, "dd.MM.yyyy")),
          new Leak("age over 89 in a column", Place.AGE, p -> "97"),
          note("age over 89 in a text", p -> "a 97-year-old"),
          note("ZIP code of five digits", p -> "Mesa, AZ 85201"),
          note("coordinates", p -> "33.41518, -111.83147"),
          note("vehicle number", p -> "1HGCM82633A004352"),
          note("card number", p -> "4111 1111 1111 1111"),
          note("web address", p -> "https://people.example.org/~smith"),
          note("IP address", p -> "from 192.168.17.42"),
          note("unknown social security number", p -> "SSN 219-09-9999"),
          note("unknown e-mail", p -> "jo.unknown@example.net"),
          note("unknown telephone number", p -> "tel. (602) 555-0143"),
          new Leak("header of a column", Place.HEADER, Person::last),
          new Leak("name of a file", Place.FILE_NAME, p -> p.first + "_" + p.last),
          new Leak("name of a folder", Place.FOLDER_NAME, Person::last),
          line("README.md", "README", p -> "Thanks to " + p.first + " " + p.last + "."),
          line("flow.svg", "SVG title", p -> "<title>" + p.first + " " + p.last + "</title>"),
          line("codebook.html", "HTML comment", p -> "<!-- " + p.last + " -->"),
          line("manifest.html", "HTML attribute", p -> "<p title=\"" + p.last + "\"></p>"),
          line(
              "datapackage.json",
              "JSON description",
              p -> "{\"x\": \"" + escaped(p.last, "\\u%04x") + "\"}"),
          line("manifest.json", "JSON number", p -> "{\"x\": " + p.record + "}"),
          line("codebook.csv", "codebook", p -> "x," + p.first + " " + p.last + ",x"),
          line("load/load.py", "load script", p -> "# for " + p.first + " " + p.last),
          line("SHA256SUMS", "list of digests", p -> "# " + p.ssn),
          file("hidden file", p -> ".notes|" + p.first + " " + p.last),
          file("file without extension", p -> "data/extract|{\"family\": \"" + p.last + "\"}"));

  private static Leak note(String name, Function<Person, String> text) {
    return new Leak(name, Place.NOTE, text);
  }

  private static Leak cell(String name, Function<Person, String> text) {
    return new Leak(name, Place.CELL, text);
  }

  private static Leak own(String name, Function<Person, String> text) {
    return new Leak(name, Place.OWN_ROW, text);
  }

  private static Leak split(String name, Function<Person, String> text) {
    return new Leak(name, Place.SPLIT, text);
  }

  private static Leak file(String name, Function<Person, String> text) {
    return new Leak(name, Place.FILE, text);
  }

  private static Leak line(String file, String name, Function<Person, String> text) {
    return new Leak(name, Place.LINE, p -> file + "|" + text.apply(p));
  }

  private static String format(LocalDate day, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(day);
  }

  private static String digits(String number, int from, int to) {
    return number.replace("-", "").substring(from, to);
  }

  private static String spread(String text, String between) {
    return text.chars().mapToObj(Character::toString).collect(Collectors.joining(between));
  }

  private static String accented(String text) {
    String marked = text.replaceAll("([aeiou])", "$1\u0301");
    return Normalizer.normalize(marked, Normalizer.Form.NFC);
  }

  private static String wide(String text) {
    return text.chars().mapToObj(c -> Character.toString(c + 0xFEE0)).collect(Collectors.joining());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String urlBase64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(String text, String before) {
    return HexFormat.of()
        .withPrefix(before)
        .withUpperCase()
        .formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text, String format) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, format, c))
        .collect(Collectors.joining());
  }
}
