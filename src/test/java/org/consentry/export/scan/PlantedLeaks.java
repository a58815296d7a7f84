package org.consentry.export.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.consentry.export.Parallel;
import org.consentry.export.scan.Leak.Person;

/** Plants each kind of leak into copies of a release and counts which the scan finds. */
public final class PlantedLeaks {

  private static final int LONGEST_CELL = 60;

  private final Path release;
  private final List<Person> people;
  private final IdentifierSet set;
  private final Map<String, int[]> table = new TreeMap<>();
  private final List<String> missed = new ArrayList<>();

  private PlantedLeaks(Path release, List<Person> people, IdentifierSet set) {
    this.release = release;
    this.people = people;
    this.set = set;
  }

  /**
   * Prepares leaks of people whose names and streets are given; all else about them is made here.
   *
   * @param release a finished release with the code of a subject in the first column of {@code
   *     data/patients.csv}
   * @param source rows with first name, last name and street
   */
  public static PlantedLeaks of(Path release, List<List<String>> source, long seed) {
    Random random = new Random(seed);
    List<String> codes =
        rows(release.resolve("data/patients.csv")).stream().skip(1).map(row -> row.get(0)).toList();
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < Math.min(codes.size(), source.size()); i++) {
      Person person = person(codes.get(i), source.get(i), random);
      people.add(person);
      builder.addSubject(person.code());
      builder.addDate(person.code(), person.day().toEpochDay());
      Stream.of(
              person.first(),
              person.last(),
              person.maiden(),
              person.ssn(),
              person.phone(),
              person.email(),
              person.record(),
              person.passport(),
              person.street())
          .forEach(builder::add);
    }
    return new PlantedLeaks(release, people, builder.build());
  }

  private static Person person(String code, List<String> source, Random random) {
    String first = source.get(0);
    String last = source.get(1);
    return new Person(
        code,
        first,
        last,
        "O'" + last,
        digits(random, "9#8-#2-####"),
        digits(random, "6#7-2#4-####"),
        first.toLowerCase(Locale.ROOT) + digits(random, ".###@mail.example.org"),
        digits(random, "7#######"),
        digits(random, "X##4##8##X"),
        source.get(2),
        LocalDate.of(1950, 1, 13).plusDays(random.nextInt(20_000)));
  }

  private static String digits(Random random, String form) {
    return form.chars()
        .mapToObj(c -> c == '#' ? String.valueOf(random.nextInt(10)) : Character.toString(c))
        .collect(Collectors.joining());
  }

  /** What the scan finds in the release as it is. */
  public ScanResult untouched() {
    return ReleaseScan.scan(release, set, ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
  }

  /** Plants every kind once, each in a place of its own, and counts what is found. */
  public void round(Path copy, long seed) {
    Random random = new Random(seed);
    copyOfText(release, copy);
    Tables tables = new Tables(copy);
    Map<Leak, List<String>> expected = new LinkedHashMap<>();
    List<Leak> leaks = new ArrayList<>(Leak.ALL);
    Collections.shuffle(leaks, random);
    for (Leak leak : leaks) {
      plant(leak, copy, tables, random).ifPresent(place -> expected.put(leak, place));
    }
    tables.write();
    ScanResult result =
        ReleaseScan.scan(copy, set, ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
    expected.forEach((leak, place) -> count(leak, place, result));
  }

  private void count(Leak leak, List<String> place, ScanResult result) {
    boolean found =
        result.findings().stream()
            .anyMatch(
                one ->
                    (one.file().equals(place.get(0)) || one.file().startsWith("(file "))
                        && (place.size() == 1 || one.column().equals(place.get(1))));
    int[] counts = table.computeIfAbsent(leak.name(), first -> new int[2]);
    counts[0]++;
    counts[1] += found ? 1 : 0;
    if (!found) {
      missed.add(leak.name() + " in " + place);
    }
  }

  private Optional<List<String>> plant(Leak leak, Path copy, Tables tables, Random random) {
    Person person = people.get(random.nextInt(people.size()));
    String text = leak.text().apply(person);
    return switch (leak.place()) {
      case NOTE, CELL, AGE, OWN_ROW, SPLIT, HEADER -> tables.plant(leak, text, person, random);
      case FILE_NAME -> Optional.of(create(copy, "data/" + text + ".csv", "a\n1\n"));
      case FOLDER_NAME -> Optional.of(create(copy, "data/" + text + "/x.csv", "a\n1\n"));
      case LINE -> line(copy, text);
      case FILE -> {
        String[] parts = text.split("\\|", 2);
        yield Optional.of(create(copy, parts[0], parts[1]));
      }
    };
  }

  private static List<String> create(Path copy, String name, String content) {
    try {
      Path file = copy.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return List.of(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<List<String>> line(Path copy, String text) {
    String[] parts = text.split("\\|", 2);
    Path file = copy.resolve(parts[0]);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Files.writeString(file, "\n" + parts[1] + "\n", StandardOpenOption.APPEND);
      boolean isTable = parts[0].endsWith(".csv");
      return Optional.of(isTable ? List.of(parts[0]) : List.of(parts[0], "text"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The share of what was planted that was found. */
  public double recall() {
    int planted = table.values().stream().mapToInt(counts -> counts[0]).sum();
    int found = table.values().stream().mapToInt(counts -> counts[1]).sum();
    return (double) found / planted;
  }

  /** How many kinds were planted. */
  public int kinds() {
    return table.size();
  }

  /** The kinds with what was planted and found of each, as rows of a Markdown table. */
  public String report() {
    return table.entrySet().stream()
            .map(
                row ->
                    "| "
                        + row.getKey()
                        + " | "
                        + row.getValue()[0]
                        + " | "
                        + row.getValue()[1]
                        + " |")
            .collect(Collectors.joining("\n"))
        + "\n"
        + String.join("\n", missed);
  }

  private static List<List<String>> rows(Path file) {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
      return parser.stream()
          .map(row -> (List<String>) new ArrayList<>(row.toList()))
          .collect(Collectors.toCollection(ArrayList::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyOfText(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".parquet")) {
          Path target = to.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tables of a copy, of which each column is used once. */
  private static final class Tables {

    private final Path copy;
    private final Map<String, List<List<String>>> tables = new TreeMap<>();
    private final Set<String> used = new HashSet<>();

    Tables(Path copy) {
      this.copy = copy;
      try (Stream<Path> files = Files.list(copy.resolve("data"))) {
        files
            .filter(file -> file.toString().endsWith(".csv"))
            .forEach(file -> tables.put("data/" + file.getFileName(), rows(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void write() {
      tables.forEach(
          (name, rows) -> {
            try (CSVPrinter out =
                new CSVPrinter(Files.newBufferedWriter(copy.resolve(name)), CSVFormat.RFC4180)) {
              out.printRecords(rows);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }

    Optional<List<String>> plant(Leak leak, String text, Person person, Random random) {
      for (int attempt = 0; attempt < 500; attempt++) {
        List<String> names = new ArrayList<>(tables.keySet());
        String file = names.get(random.nextInt(names.size()));
        List<List<String>> rows = table(file);
        String[] parts =
            leak.place() == Leak.Place.SPLIT ? text.split("\\|", -1) : new String[] {text};
        int width = rows.get(0).size() - parts.length;
        int column = 1 + random.nextInt(Math.max(1, rows.get(0).size() - 1));
        if (width < 1 || column + parts.length > rows.get(0).size()) {
          continue;
        }
        boolean isAge = rows.get(0).get(column).contains("age_");
        int row = row(leak, rows, person, random);
        if (row < 1 || isAge != (leak.place() == Leak.Place.AGE)) {
          continue;
        }
        if (isFree(file, column, parts.length)) {
          return Optional.of(put(leak, file, row, column, parts));
        }
      }
      return Optional.empty();
    }

    private List<List<String>> table(String file) {
      return Objects.requireNonNull(tables.get(file));
    }

    private boolean isFree(String file, int column, int width) {
      for (int i = column; i < column + width; i++) {
        if (used.contains(file + i)) {
          return false;
        }
      }
      for (int i = column; i < column + width; i++) {
        used.add(file + i);
      }
      return true;
    }

    private static int row(Leak leak, List<List<String>> rows, Person person, Random random) {
      if (leak.place() != Leak.Place.OWN_ROW) {
        return rows.size() < 2 ? -1 : 1 + random.nextInt(rows.size() - 1);
      }
      for (int row = 1; row < rows.size(); row++) {
        if (rows.get(row).contains(person.code())) {
          return row;
        }
      }
      return -1;
    }

    private List<String> put(Leak leak, String file, int row, int column, String[] parts) {
      List<List<String>> rows = table(file);
      List<String> cells = rows.get(row);
      String header = rows.get(0).get(column + parts.length - 1);
      switch (leak.place()) {
        case HEADER -> {
          rows.get(0).set(column, parts[0]);
          header = "(header)";
        }
        case NOTE, OWN_ROW -> {
          String before = cells.get(column);
          boolean keeps = !before.isEmpty() && before.length() < LONGEST_CELL;
          cells.set(column, keeps ? before + " " + parts[0] : parts[0]);
        }
        default -> {
          for (int i = 0; i < parts.length; i++) {
            cells.set(column + i, parts[i]);
          }
        }
      }
      return List.of(file, header);
    }
  }
}
