package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries to find each person's secret shift from the released dates alone. The attacker knows that
 * the clinic is open from Monday to Friday, its first and last day, and what the manifest lists. A
 * shift is possible when it would bring every released date of the person to such a day.
 */
class ShiftAttackTest {

  private static final long SEED = 20261123;
  private static final int PEOPLE = 200;
  private static final LocalDate FIRST = LocalDate.of(2015, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2024, 12, 31);
  private static final String SPAN = "from: 2015-01-01, to: 2024-12-31";

  @TempDir Path folder;
  private SmallClinic clinic;

  /**
   * A person's released dates.
   *
   * @param days since 1970-01-01, as released
   * @param shift what the attacker looks for
   */
  private record Person(List<Long> days, int shift) {}

  /**
   * How well an attack went.
   *
   * @param shifts how many shifts there are
   * @param possible for each person how many remain possible, ascending
   * @param guessed share of people whose shift a guess among the possible ones hits, on average
   * @param correlation of the shift with where the middle of the dates is
   */
  private record Outcome(int shifts, List<Integer> possible, double guessed, double correlation) {
    double median() {
      return possible.get(possible.size() / 2);
    }
  }

  @BeforeEach
  void writeClinic() throws IOException {
    clinic = new SmallClinic(folder);
    Random random = new Random(SEED);
    for (int patient = 1; patient <= PEOPLE; patient++) {
      String[] days =
          IntStream.range(0, 4 + random.nextInt(24))
              .mapToObj(visit -> openDay(random).toString())
              .distinct()
              .toArray(String[]::new);
      clinic.patient(patient, days);
    }
    // The finding is the true day, so that this test knows the shift. No attack reads it.
    Path visits = clinic.root().resolve("clinic/visits.csv");
    Files.writeString(
        visits, Files.readString(visits).replaceAll("(\\d{4}-\\d\\d-\\d\\d),ok", "$1,$1"));
  }

  private static LocalDate openDay(Random random) {
    LocalDate day =
        FIRST.plusDays(random.nextInt((int) (LAST.toEpochDay() - FIRST.toEpochDay()) + 1));
    return isOpen(day) ? day : openDay(random);
  }

  private static boolean isOpen(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private Path release(String rule) throws IOException {
    Path job = clinic.job("attack", "a", "uni-x", Basis.SHIFTED);
    Path mapping = clinic.root().resolve("mappings/shifted.yaml");
    String text = Files.readString(mapping);
    assertThat(text).contains("maxDays: 365");
    Files.writeString(mapping, text.replace("maxDays: 365", rule));
    return clinic.release(job);
  }

  private static List<Person> people(Path release) throws IOException {
    Map<String, List<Long>> released = new TreeMap<>();
    Map<String, Integer> shifts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(release.resolve("data"))) {
      for (Path file : files.filter(path -> path.toString().contains("visits")).toList()) {
        if (Files.isRegularFile(file)) {
          for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            long day = LocalDate.parse(cells[2]).toEpochDay();
            int shift = (int) (day - LocalDate.parse(cells[3]).toEpochDay());
            released.computeIfAbsent(cells[1], code -> new ArrayList<>()).add(day);
            assertThat(shifts.merge(cells[1], shift, (one, other) -> other)).isEqualTo(shift);
          }
        }
      }
    }
    return released.entrySet().stream()
        .map(each -> new Person(each.getValue(), shifts.getOrDefault(each.getKey(), 0)))
        .toList();
  }

  private static Outcome attack(Path release) throws IOException {
    JsonNode facts = parameters(release);
    int most = facts.path("mostDays").asInt();
    int step = facts.path("unit").asString().equals("weeks") ? 7 : 1;
    List<Person> people = people(release);
    List<Integer> possible = new ArrayList<>();
    double guessed = 0;
    for (Person person : people) {
      List<Integer> found =
          IntStream.rangeClosed(-most / step, most / step)
              .map(each -> each * step)
              .filter(shift -> shift != 0 && isPossible(person, shift))
              .boxed()
              .toList();
      assertThat(found).contains(person.shift());
      possible.add(found.size());
      guessed += 1.0 / found.size() / people.size();
    }
    possible.sort(null);
    return new Outcome(2 * most / step, possible, guessed, correlation(people));
  }

  private static boolean isPossible(Person person, int shift) {
    return person.days().stream()
        .map(day -> LocalDate.ofEpochDay(day - shift))
        .allMatch(day -> isOpen(day) && !day.isBefore(FIRST) && !day.isAfter(LAST));
  }

  /** People with the shift of a person with late dates are likelier to have late dates. */
  private static double correlation(List<Person> people) {
    double[] middles =
        people.stream()
            .mapToDouble(person -> person.days().stream().mapToLong(day -> day).average().orElse(0))
            .toArray();
    double[] shifts = people.stream().mapToDouble(Person::shift).toArray();
    double x = Arrays.stream(middles).average().orElse(0);
    double y = Arrays.stream(shifts).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < shifts.length; i++) {
      xy += (middles[i] - x) * (shifts[i] - y);
      xx += (middles[i] - x) * (middles[i] - x);
      yy += (shifts[i] - y) * (shifts[i] - y);
    }
    return xy / Math.sqrt(xx * yy);
  }

  private static JsonNode parameters(Path release) throws IOException {
    JsonNode manifest = JsonMapper.shared().readTree(release.resolve("manifest.json").toFile());
    for (JsonNode table : manifest.path("predicate").path("tables")) {
      for (JsonNode column : table.path("columns")) {
        if (column.path("operator").asString().equals("dateShift")) {
          return column.path("parameters");
        }
      }
    }
    throw new IllegalStateException("no column is shifted");
  }

  private static void print(String rule, Outcome outcome) {
    System.out.printf(
        Locale.ROOT,
        "dateShift %s: of %d shifts %d remain possible at the median, %d at least; a guess hits"
            + " %.2f %% (blind: %.2f %%); correlation with the middle of a person's dates %.2f%n",
        rule,
        outcome.shifts(),
        (int) outcome.median(),
        outcome.possible().get(0),
        100 * outcome.guessed(),
        100.0 / outcome.shifts(),
        outcome.correlation());
  }

  @Test
  void daysAndKeptEndsLeaveFewShifts() throws IOException {
    Outcome outcome = attack(release("in: days, ends: keep"));

    print("by days, ends kept", outcome);
    assertThat(outcome.shifts()).isEqualTo(730);
    assertThat(outcome.median()).isLessThan(120);
    assertThat(outcome.guessed()).isGreaterThan(4.0 / 730);
    assertThat(outcome.correlation()).isGreaterThan(0.4);
  }

  @Test
  void theWeekdayNarrowsNoShiftByWeeks() throws IOException {
    Outcome outcome = attack(release("ends: keep"));

    print("by weeks, ends kept", outcome);
    assertThat(outcome.shifts()).isEqualTo(104);
    assertThat(outcome.possible().get(outcome.possible().size() - 1)).isEqualTo(104);
  }

  @Test
  void truncatedEndsLeaveEveryShiftPossible() throws IOException {
    Outcome outcome = attack(release("ends: truncate, " + SPAN));

    print("by weeks, ends truncated", outcome);
    assertThat(outcome.possible()).hasSizeGreaterThan(PEOPLE * 9 / 10).containsOnly(104);
    assertThat(Math.abs(outcome.correlation())).isLessThan(0.2);
  }

  @Test
  void byDaysTruncatedEndsLeaveTheWeekdayAlone() throws IOException {
    Outcome outcome = attack(release("in: days, ends: truncate, " + SPAN));

    print("by days, ends truncated", outcome);
    assertThat(outcome.possible().get(0)).isGreaterThanOrEqualTo(104);
  }

  @Test
  void bothEditionsOfTheManifestSayWhatCanStillBeComputed() throws IOException {
    Path release = release("ends: truncate, " + SPAN);

    Map<String, String> facts = new TreeMap<>();
    parameters(release).properties().forEach(e -> facts.put(e.getKey(), e.getValue().asString()));
    assertThat(facts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("unit", "weeks"),
                Map.entry("leastDays", "-364"),
                Map.entry("mostDays", "364"),
                Map.entry("possibleShifts", "104"),
                Map.entry("ends", "truncate"),
                Map.entry("from", "2015-01-01"),
                Map.entry("to", "2024-12-31"),
                Map.entry("releasedFrom", "2015-12-31"),
                Map.entry("releasedTo", "2024-01-02"),
                Map.entry("survives", "order intervals weekday"),
                Map.entry("narrowedBy", "closed-days")));
    assertThat(SmallClinic.everything(clinic.state().home()))
        .contains("\"possibleShifts\" : \"104\"")
        .contains("SPAN_END");
    assertThat(Files.readString(release.resolve("codebook.html")))
        .contains(
            "All dates of a person were moved by the same number of whole weeks, up to 52 either"
                + " way, never by none. Rows with a moved date before 2015-12-31 or after"
                + " 2024-01-02 were left out; in the table of persons only the date was.")
        .contains(
            "Order and intervals within a person, and the day of the week; the season only roughly.");
  }
}
