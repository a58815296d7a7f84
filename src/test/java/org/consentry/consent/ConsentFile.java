package org.consentry.consent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.export.decide.ConsentLines;
import org.consentry.plan.ConsentForm;

/**
 * A file of consent lines being written in a test. A line is as its cells have it and otherwise a
 * complete, broad permit, or a restriction over everything.
 */
final class ConsentFile {

  static final String EVIDENCE = "0123456789abcdef".repeat(4);

  /** Shorter than a line, so that every line is a split of its own. */
  private static final long SPLIT_BYTES = 100;

  /** Not keyed, so that a test can repeat it. */
  static final RestrictionDigest DIGESTS = (line, patient) -> (line + " " + patient).hashCode();

  private static final Map<String, String> PERMIT =
      Map.ofEntries(
          Map.entry("decision", "PERMIT"),
          Map.entry("status", "ACTIVE"),
          Map.entry("signed_at", "2024-05-02T10:00:00"),
          Map.entry("recorded_at", "2024-05-03T09:00:00"),
          Map.entry("valid_from", "2024-05-02"),
          Map.entry("valid_to", "2030-12-31"),
          Map.entry("legal_basis", "HIPAA_AUTH"),
          Map.entry("evidence_sha256", EVIDENCE),
          Map.entry("signer_role", "PATIENT"),
          Map.entry("assent", "NA"),
          Map.entry("purposes", "HRESCH"),
          Map.entry("studies", "*"),
          Map.entry("recipients", "*"),
          Map.entry("data_from", "*"),
          Map.entry("data_to", "*"),
          Map.entry("categories_in", "*"));

  private static final Map<String, String> RESTRICTION =
      Map.of("status", "ACTIVE", "signed_at", "2025-01-01T12:00:00");

  private final List<Map<ConsentColumn, String>> rows = new ArrayList<>();

  /** Adds a line; cells not given have the defaults of its decision. */
  ConsentFile line(Map<String, String> cells) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("line_id", "L" + (rows.size() + 1));
    all.put("patient_id", "P1");
    all.putAll(cells.getOrDefault("decision", "PERMIT").equals("PERMIT") ? PERMIT : RESTRICTION);
    all.putAll(cells);
    return exactly(all);
  }

  /** Adds a line with exactly these cells. */
  ConsentFile exactly(Map<String, String> cells) {
    Map<ConsentColumn, String> row = new EnumMap<>(ConsentColumn.class);
    cells.forEach((name, cell) -> row.put(column(name), cell));
    rows.add(row);
    return this;
  }

  /** Adds a permit; the cells come as name, value, name, value. */
  ConsentFile permit(String... cells) {
    return line(cells("PERMIT", cells));
  }

  ConsentFile deny(String... cells) {
    return line(cells("DENY", cells));
  }

  ConsentFile withdraw(String... cells) {
    return line(cells("WITHDRAW", cells));
  }

  String text() {
    StringBuilder text = new StringBuilder(header()).append('\n');
    for (Map<ConsentColumn, String> row : rows) {
      text.append(
              Arrays.stream(ConsentColumn.values())
                  .map(column -> quoted(row.getOrDefault(column, "")))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  static String header() {
    return Arrays.stream(ConsentColumn.values())
        .map(ConsentColumn::header)
        .collect(Collectors.joining(","));
  }

  /** Reads the file into a sink; the subjects are those named. */
  ConsentReadResult readInto(ConsentSink sink, SubjectKeys keys) {
    return read(text(), keys, sink);
  }

  static ConsentReadResult read(String text, SubjectKeys keys, ConsentSink sink) {
    return read(text.getBytes(StandardCharsets.UTF_8), keys, sink, SPLIT_BYTES);
  }

  /** Reads the bytes cut into splits of about that size. */
  static ConsentReadResult read(byte[] text, SubjectKeys keys, ConsentSink sink, long splitBytes) {
    return read(text, keys, sink, splitBytes, Parallel.onCallingThread());
  }

  static ConsentReadResult read(
      byte[] text, SubjectKeys keys, ConsentSink sink, long splitBytes, Parallel parallel) {
    try {
      Path file = Files.createTempFile("consents", ".csv");
      try {
        Files.write(file, text);
        return ConsentLines.open(file, "consents.csv", ConsentForm.USUAL, splitBytes)
            .read(keys, sink, DIGESTS, parallel);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Subject numbers 0, 1, 2, ... for the ids given. */
  static SubjectKeys keys(String... ids) {
    SubjectKeys keys = new SubjectKeys();
    for (String id : ids) {
      byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
      keys.add(bytes, 0, bytes.length);
    }
    return keys;
  }

  private static Map<String, String> cells(String decision, String... cells) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("decision", decision);
    for (int i = 0; i < cells.length; i += 2) {
      named.put(cells[i], cells[i + 1]);
    }
    return named;
  }

  private static ConsentColumn column(String name) {
    return ConsentColumn.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static String quoted(String cell) {
    return cell.contains(",") || cell.contains("\"") || cell.contains("\n")
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}
