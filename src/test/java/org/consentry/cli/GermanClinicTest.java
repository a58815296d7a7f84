package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample clinic as a German program would export it: semicolons, Windows-1252, {@code
 * dd.MM.yyyy}, decimal commas, words for missing cells, German headers and words of consents. What
 * is released of it is the same, byte for byte.
 */
final class GermanClinicTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final List<String> TABLES =
      List.of("patients", "visits", "procedures", "photos", "proms");
  private static final Set<String> DATES =
      Set.of(
          "date_of_birth",
          "deceased_on",
          "visited_on",
          "arrived_at",
          "performed_on",
          "taken_on",
          "completed_on",
          "signed_at",
          "recorded_at",
          "valid_from",
          "valid_to",
          "data_from",
          "data_to");
  private static final Set<String> NUMBERS = Set.of("charge", "score", "satisfaction");
  private static final Map<String, String> COLUMNS =
      Map.of(
          "line_id", "Zeile",
          "patient_id", "PatID",
          "decision", "Entscheidung",
          "status", "Zustand",
          "valid_to", "gültig bis");
  private static final Map<String, Map<String, String>> VALUES =
      Map.of(
          "decision", Map.of("PERMIT", "ja", "DENY", "nein", "WITHDRAW", "Widerruf"),
          "status",
              Map.of(
                  "ACTIVE", "aktiv",
                  "DRAFT", "Entwurf",
                  "INACTIVE", "inaktiv",
                  "REJECTED", "abgelehnt",
                  "ENTERED_IN_ERROR", "irrtümlich"),
          "purposes",
              Map.of(
                  "HRESCH", "Forschung",
                  "HMARKT", "Werbung",
                  "CLINTRCH", "Studie",
                  "TREAT", "Behandlung",
                  "RECONTACT", "Nachfrage"));

  @TempDir Path folder;

  @Test
  void releasesTheSameOfAGermanExport() {
    Installation plain = SmallSample.in(folder.resolve("plain"));
    Installation german = SmallSample.in(folder.resolve("german"));
    for (String table : TABLES) {
      withoutGermanNumbers(plain.clinic(table));
      withoutGermanNumbers(german.clinic(table));
      rewrite(german.clinic(table), "NULL", false);
    }
    rewrite(german.clinic("consents"), "-", true);
    Path job = german.job(LIMITED);
    Installation.write(job, germanJob(Installation.read(job)));

    Answer expected = plain.run(LIMITED);
    copyKeys(plain, german);
    Answer answer = german.run(LIMITED);

    assertThat(expected.exitCode()).as(expected.err()).isEqualTo(3);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(3);
    for (String table : TABLES) {
      assertThat(
              Installation.read(plain.release(LIMITED).resolve("data/" + table + ".csv")).lines())
          .hasSizeGreaterThan(1);
      assertThat(german.release(LIMITED).resolve("data/" + table + ".csv"))
          .hasSameBinaryContentAs(plain.release(LIMITED).resolve("data/" + table + ".csv"));
    }
  }

  private static void copyKeys(Installation from, Installation to) {
    try {
      Files.createDirectories(to.root().resolve("keys"));
      for (String key : List.of(LIMITED + ".key", "manifest-signing.pem")) {
        Files.copy(from.root().resolve("keys/" + key), to.root().resolve("keys/" + key));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A score such as "78,5" is a mistake in the sample, and a number in a German export. */
  private static void withoutGermanNumbers(Path file) {
    Installation.write(
        file, Installation.read(file).replaceAll("\"(\\d+),(\\d+)\"", "\"$1 or $2\""));
  }

  private static String germanJob(String job) {
    return job.replace(
            "encoding: utf-8}",
            "encoding: windows-1252, delimiter: \";\", format: \"dd.MM.yyyy[ HH:mm[:ss]]\","
                + " decimal: \",\", thousands: \".\", nulls: [NULL]}")
        .replace(
            "  minors: reconsent\n",
            "  minors: reconsent\n  delimiter: \";\"\n  encoding: windows-1252\n"
                + "  format: \"dd.MM.yyyy[ HH:mm[:ss]]\"\n  nulls: \"-\"\n  columns: "
                + flow(COLUMNS)
                + "\n  values:\n"
                + VALUES.entrySet().stream()
                    .map(entry -> "    " + entry.getKey() + ": " + flow(meanings(entry.getValue())))
                    .collect(Collectors.joining("\n"))
                + "\n");
  }

  private static Map<String, String> meanings(Map<String, String> words) {
    Map<String, String> meanings = new TreeMap<>();
    words.forEach((meaning, word) -> meanings.put(word, meaning));
    return meanings;
  }

  private static String flow(Map<String, String> words) {
    return words.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static void rewrite(Path file, String missing, boolean consents) {
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180);
        StringWriter text = new StringWriter()) {
      List<CSVRecord> records = parser.getRecords();
      List<String> header = records.get(0).toList();
      CSVPrinter printer =
          new CSVPrinter(text, CSVFormat.RFC4180.builder().setDelimiter(';').get());
      printer.printRecord(
          header.stream().map(name -> consents ? COLUMNS.getOrDefault(name, name) : name).toList());
      for (CSVRecord record : records.subList(1, records.size())) {
        List<String> row = new ArrayList<>(record.toList());
        for (int i = 0; row.size() == header.size() && i < row.size(); i++) {
          row.set(i, row.get(i).isEmpty() ? missing : cell(header.get(i), row.get(i)));
        }
        printer.printRecord(row);
      }
      Files.write(file, text.toString().getBytes(WINDOWS));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String cell(String column, String cell) {
    Optional<Map<String, String>> words = Optional.ofNullable(VALUES.get(column));
    if (words.isPresent()) {
      return Arrays.stream(cell.split("\\|", -1))
          .map(word -> words.get().getOrDefault(word, word))
          .collect(Collectors.joining("|"));
    }
    if (DATES.contains(column)) {
      return cell.replaceAll(
              "^(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d:\\d\\d(?::\\d\\d)?))?$", "$3.$2.$1 $4")
          .strip();
    }
    return NUMBERS.contains(column)
        ? cell.replaceAll("^(\\d)(\\d{3}\\.)", "$1#$2").replace('.', ',').replace('#', '.')
        : cell;
  }
}
