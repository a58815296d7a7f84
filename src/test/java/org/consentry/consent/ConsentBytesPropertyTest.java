package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.connector.SourceTable;
import org.consentry.connector.csv.CsvSource;
import org.consentry.data.ClinicDates;
import org.consentry.data.SourceCalendar;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.Consented;
import org.consentry.export.decide.DecisionStep;
import org.consentry.plan.Births;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.ConsentOrigin;
import org.consentry.plan.DecidePlan;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the bytes of a patients table and of a file of consent lines to the decision, with
 * everything that goes wrong with ids and files mixed in: no patient is released whom the slow
 * decider excludes. A failure prints the seed.
 */
final class ConsentBytesPropertyTest {

  private static final long SEED = 20_261_128;
  private static final int FILES = 5_000;
  private static final int PATIENTS = 4; // 20,000 histories in all
  private static final List<String> IDS =
      List.of(
          "P1",
          "P2",
          "P10",
          "PO1",
          "007",
          "7",
          "70",
          "P-1",
          "P-2",
          "PSS1",
          "P\u00DF1",
          "S1",
          "\u00C91",
          "X-0010",
          "Q5");
  private static final List<String> BLANKS =
      List.of(
          "\u00A0", "\u200B", "\u202F", "\u200E", "\u200F", "\uFEFF", "\u00AD", "\u200D", "\u2060",
          "\u202E", "\u3000", " ", "\t", "\u2800", "\uFE0F");
  private static final List<String> DASHES =
      List.of(
          "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\uFF0D", "\uFE63", "\u00AD");

  @TempDir Path folder;

  private final Map<String, Integer> seen = new TreeMap<>();

  @Test
  void releasesNoPatientWhomTheReferenceDeciderExcludes() throws IOException {
    for (int file = 0; file < FILES; file++) {
      Histories random = new Histories(SEED + file);
      List<String> ids = ids(random);
      Optional<LocalDate> born = Optional.of(LocalDate.parse("1980-03-04"));
      Files.write(folder.resolve("patients.csv"), patients(random, ids));
      byte[] consents = consents(random, ids);
      Files.write(folder.resolve("consents.csv"), consents);
      ConsentRequest request = ConsentPropertyTest.request(random);

      Optional<DecisionStep.ConsentResult> decided = decide(request);

      String what = "seed " + (SEED + file);
      if (decided.isEmpty()) {
        count("stopped");
        continue;
      }
      List<Map<String, String>> lines = lines(consents);
      boolean ofUnknown =
          lines.stream()
              .anyMatch(
                  line ->
                      isOfUnknown(line, ids) && SlowDecider.restricts(line) && stops(line, ids));
      assertThat(decided.get().reading().unknownRestrictions() > 0).as(what).isEqualTo(ofUnknown);
      if (ofUnknown) {
        count("restriction of an unknown patient");
        continue;
      }
      for (String id : ids) {
        String slow = slow(request, id, ids, born, lines);
        count(slow.isEmpty() ? "released" : slow);
        assertThat(isReleased(decided.get(), id))
            .as("%s, patient %s\n%s", what, id, lines)
            .isEqualTo(slow.isEmpty());
      }
    }
    assertThat(seen.get("released")).as("%s", seen).isGreaterThan(1_000);
    assertThat(seen.get("stopped")).isBetween(100, 2_000);
    assertThat(seen)
        .containsKeys(
            "restriction of an unknown patient",
            "a similar id",
            "two rows",
            "WITHDRAWN",
            "DENIED",
            "NO_CONSENT");
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  /** The ids of four patients, as the table writes them. */
  private static List<String> ids(Histories random) {
    List<String> ids = new ArrayList<>();
    while (ids.size() < PATIENTS) {
      String id = random.pickFrom(IDS);
      if (!ids.contains(id)) {
        ids.add(random.oneIn(12) ? disguised(random, id) : id);
      }
    }
    return ids;
  }

  private static byte[] patients(Histories random, List<String> ids) {
    String end = random.oneIn(4) ? "\r\n" : "\n";
    StringBuilder text = new StringBuilder(random.oneIn(6) ? "\uFEFF" : "");
    text.append("patient_id,born").append(end);
    for (String id : ids) {
      text.append(random.oneIn(6) ? '"' + id + '"' : id);
      text.append(random.oneIn(9) ? ",1980-03-04\u00A0" : ",1980-03-04").append(end);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] consents(Histories random, List<String> ids) {
    ConsentFile file = new ConsentFile();
    int count = 4 + random.below(8);
    for (int i = 1; i <= count; i++) {
      String id = random.pickFrom(ids);
      Map<String, String> line = random.line(id, i);
      boolean permit = "PERMIT".equals(line.get("decision"));
      if (random.oneIn(permit ? 12 : 3)) {
        line.put("patient_id", disguised(random, id));
      }
      if (random.oneIn(40)) {
        line.put("patient_id", "Z" + random.below(3));
      }
      if (!permit && !line.getOrDefault("studies", "").isEmpty() && random.oneIn(3)) {
        line.replaceAll((column, cell) -> column.equals("studies") ? typed(random, cell) : cell);
      }
      if (random.oneIn(8)) {
        String column = random.pickFrom(List.copyOf(line.keySet()));
        line.put(column, blank(random) + line.get(column) + blank(random));
      }
      file.exactly(line);
    }
    String text = (random.oneIn(6) ? "\uFEFF" : "") + file.text();
    if (random.oneIn(4)) {
      text = text.replace("\n", "\r\n");
    }
    text += random.oneIn(6) ? "\n" : random.oneIn(20) ? "\n \n" : "";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.oneIn(12)) {
      return Arrays.copyOf(bytes, bytes.length - 1 - random.below(bytes.length / 3));
    }
    if (random.oneIn(12)) {
      return Arrays.copyOf(bytes, bytes.length - 1);
    }
    if (random.oneIn(60)) {
      bytes[bytes.length - 1 - random.below(bytes.length / 2)] = 0;
    }
    return bytes;
  }

  private static String blank(Histories random) {
    return random.oneIn(2) ? random.pickFrom(BLANKS) : "";
  }

  private static String typed(Histories random, String cell) {
    return cell.replace("-", random.pickFrom(DASHES));
  }

  /** Another spelling of an id. */
  private static String disguised(Histories random, String id) {
    int at = random.below(id.length() + 1);
    return switch (random.below(11)) {
      case 0 -> random.pickFrom(BLANKS) + id + blank(random);
      case 1 -> id.substring(0, at) + random.pickFrom(BLANKS) + id.substring(at);
      case 2 -> id.toLowerCase(Locale.ROOT);
      case 3 -> id.replace('P', '\u0420').replace('O', '\u041E').replace('S', '\u0405');
      case 4 -> id.toLowerCase(Locale.ROOT).replace('p', '\u03C1').replace('s', '\u0455');
      case 5 -> id.replace("-", random.pickFrom(DASHES));
      case 6 -> id.replaceAll("(?<![0-9])0+(?=[0-9])", "");
      case 7 -> id.replaceAll("(?<![0-9])([0-9])", "00$1");
      case 8 -> moved(id, '0', '9', 0x0660 - '0');
      case 9 -> moved(moved(id, '0', '9', 0xFF10 - '0'), 'A', 'Z', 0xFF21 - 'A');
      default -> id.replace("\u00C9", "E\u0301").replace('1', 'l').replace('0', 'O');
    };
  }

  private static String moved(String id, char from, char to, int by) {
    StringBuilder moved = new StringBuilder();
    id.chars().forEach(c -> moved.append((char) (c >= from && c <= to ? c + by : c)));
    return moved.toString();
  }

  private Optional<DecisionStep.ConsentResult> decide(ConsentRequest request) {
    SourceTable table =
        CsvSource.FACTORY.open(CsvSource.Config.of("."), folder).table("patients").orElseThrow();
    DecidePlan plan =
        new DecidePlan(
            table,
            0,
            Births.dates(1, SourceCalendar.usual(LocalDate.of(2026, 11, 1))),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            ClinicDates.NO_ZONE,
            ConsentForm.USUAL);
    try {
      return Optional.of(
          Consented.by(
              new DecisionStep(plan, SourceTable::splits),
              request,
              ConsentOrigin.of(folder.resolve("consents.csv"), "consents.csv")));
    } catch (ProblemException stopped) {
      return Optional.empty();
    }
  }

  private static boolean isReleased(DecisionStep.ConsentResult decided, String id) {
    SubjectKeys keys = decided.subjects().keys();
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return decided.decisions().exclusionCode(keys.findRaw(bytes, 0, bytes.length)) == 0;
  }

  /** The lines of a file as commons-csv reads them, without blanks around cells and words. */
  private static List<Map<String, String>> lines(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    List<Map<String, String>> lines = new ArrayList<>();
    List<String> header = List.of();
    CSVParser csv =
        CSVParser.builder().setReader(new StringReader(text)).setFormat(CSVFormat.RFC4180).get();
    for (CSVRecord record : csv) {
      List<String> cells = record.toList().stream().map(SlowIds::trim).toList();
      if (header.isEmpty()) {
        header = cells;
      } else if (cells.size() > 1) {
        Map<String, String> line = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
          line.put(header.get(i), cells.get(i).replaceAll("\\s*\\|\\s*", "|"));
        }
        lines.add(line);
      }
    }
    boolean open = !text.substring(text.stripTrailing().length()).matches("(?s).*[\r\n].*");
    if (open && !lines.isEmpty() && SlowDecider.isPermit(lines.get(lines.size() - 1))) {
      lines.get(lines.size() - 1).put("signed_at", "never"); // no permit that can be read
    }
    return lines;
  }

  private static boolean isOfUnknown(Map<String, String> line, List<String> ids) {
    return ids.stream().noneMatch(id -> SlowIds.trim(id).equals(line.get("patient_id")));
  }

  /** Whether a restriction of an unknown patient is similar to no patient either. */
  private static boolean stops(Map<String, String> line, List<String> ids) {
    boolean replaces =
        SlowDecider.isReadable(line)
            && SlowDecider.isPermit(line)
            && !List.of(line.getOrDefault("revokes", "").split("\\|")).contains("*");
    return !replaces
        && ids.stream().noneMatch(id -> SlowIds.similar(id, line.getOrDefault("patient_id", "")));
  }

  /** Empty for a patient who is released, otherwise why not. */
  private static String slow(
      ConsentRequest request,
      String id,
      List<String> ids,
      Optional<LocalDate> born,
      List<Map<String, String>> lines) {
    long rows = ids.stream().filter(o -> SlowIds.person(o).equals(SlowIds.person(id))).count();
    if (rows > 1) {
      return "two rows";
    }
    List<Map<String, String>> named = new ArrayList<>();
    for (Map<String, String> line : lines) {
      Map<String, String> copy = new LinkedHashMap<>(line);
      String patient = line.getOrDefault("patient_id", "");
      if (isOfUnknown(line, ids)) {
        if (SlowDecider.restricts(line) && SlowIds.similar(patient, id)) {
          return "a similar id";
        }
        copy.put(SlowDecider.OF_UNKNOWN, "yes");
        copy.put("patient_id", "unknown");
      } else {
        copy.put("patient_id", patient.equals(SlowIds.trim(id)) ? "me" : "another");
      }
      named.add(copy);
    }
    return new SlowDecider(request, "me", born, named).patient();
  }
}
