package org.consentry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The shipped jobs over a tenth of the sample clinic's patients, for tests that run a job hundreds
 * of times. Every kind of row is left: restrictions, unreadable dates, cells with line breaks, and
 * all rows with too few cells.
 */
final class SmallSample {

  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms", "consents");
  private static final Pattern PATIENT = Pattern.compile("P(\\d{6})");
  private static final int SHARE = 10;

  /** Made once, then copied. */
  private static final class Made {
    static final Path ONCE = make();
  }

  private SmallSample() {}

  /** An installation with the shipped jobs and few patients. */
  static Installation in(Path root) {
    return Installation.in(root, Made.ONCE);
  }

  private static Path make() {
    Path root = SampleReleases.temporary();
    Installation installation = Installation.in(root);
    for (String table : TABLES) {
      Path file = installation.clinic(table);
      Installation.write(file, few(Installation.read(file)));
    }
    for (Path file : Installation.files(root.resolve("sample-data/fhir"))) {
      Installation.write(
          file,
          Installation.read(file)
              .lines()
              .filter(SmallSample::isOneOfTen)
              .collect(Collectors.joining("\n", "", "\n")));
    }
    return root;
  }

  private static String few(String text) {
    List<String> records = records(text);
    long commas = commas(records.get(0));
    StringBuilder few = new StringBuilder(records.get(0));
    for (String row : records.subList(1, records.size())) {
      if (isOneOfTen(row) || commas(row) < commas) {
        few.append(row);
      }
    }
    return few.toString();
  }

  private static boolean isOneOfTen(String row) {
    Matcher patient = PATIENT.matcher(row);
    return patient.find() && Integer.parseInt(patient.group(1)) % SHARE == 0;
  }

  private static long commas(String record) {
    return record.chars().filter(character -> character == ',').count();
  }

  /** Records with their line breaks; a line break between quotes ends none. */
  private static List<String> records(String text) {
    List<String> records = new ArrayList<>();
    boolean isQuoted = false;
    int begin = 0;
    for (int at = 0; at < text.length(); at++) {
      isQuoted ^= text.charAt(at) == '"';
      if (text.charAt(at) == '\n' && !isQuoted) {
        records.add(text.substring(begin, at + 1));
        begin = at + 1;
      }
    }
    return records;
  }
}
