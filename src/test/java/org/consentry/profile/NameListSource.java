package org.consentry.profile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the list of names from the files of the census and of the Social Security Administration.
 */
final class NameListSource {

  private static final int FEWEST_PEOPLE = 10;
  private static final int COMMON_PEOPLE = 300;
  private static final int COMMON_RANK = 5000;

  private NameListSource() {}

  /** Writes the resource: the folder of the census and SSA files, then the file to write. */
  public static void main(String[] args) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(args[1])))) {
      out.write(
          """
          # Surnames: US Census Bureau, Frequently Occurring Surnames, 1990.
          # Given names: US Social Security Administration, births of 1950 and 1980.
          # Works of the United States government, in the public domain (17 USC 105).
          """
              .getBytes(StandardCharsets.US_ASCII));
      for (String line : lines(Path.of(args[0]))) {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /** Names in order, each with the letter that is 64 and the sum of its properties. */
  static List<String> lines(Path folder) throws IOException {
    Map<String, Integer> people = new TreeMap<>();
    for (int year : List.of(1950, 1980)) {
      try (Stream<String> lines = Files.lines(folder.resolve("ssa/yob" + year + ".txt"))) {
        lines.forEach(
            line -> {
              List<String> cells = List.of(line.strip().split(",", -1));
              people.merge(lower(cells.get(0)), Integer.valueOf(cells.get(2)), Integer::sum);
            });
      }
    }
    Map<String, Integer> flags = new TreeMap<>();
    people.forEach(
        (name, count) -> {
          if (count >= FEWEST_PEOPLE) {
            int common = count >= COMMON_PEOPLE ? NameList.COMMON_GIVEN : 0;
            flags.put(name, NameList.GIVEN | common);
          }
        });
    try (Stream<String> lines = Files.lines(folder.resolve("surnames1990/surnames-1990.csv"))) {
      lines.forEach(
          line -> {
            List<String> cells = List.of(line.replace("\ufeff", "").strip().split(",", -1));
            if (cells.size() == 4) {
              int rank = Integer.parseInt(cells.get(3));
              int common = rank <= COMMON_RANK ? NameList.COMMON_FAMILY : 0;
              flags.merge(lower(cells.get(0)), NameList.FAMILY | common, (a, b) -> a | b);
            }
          });
    }
    List<String> lines = new ArrayList<>();
    flags.forEach((name, sum) -> lines.add(name + (char) ('@' + sum)));
    return lines;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
