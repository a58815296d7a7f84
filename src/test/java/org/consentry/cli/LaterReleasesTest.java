package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.ledger.Attacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of one study, one after the other, of which a recipient has every file. */
final class LaterReleasesTest {

  private static final int PEOPLE = 100;
  private static final int REFUSED = 44;

  @TempDir Path folder;

  /** Sixty people with a visit each, of whom one had 37; forty-four refused before. */
  private ChainClinic clinic() throws IOException {
    ChainClinic clinic = ChainClinic.in(folder.toRealPath());
    for (int number = 0; number < PEOPLE; number++) {
      String patient = "P" + number;
      clinic.row("patients", patient, "1980-01-01");
      clinic.row("episodes", "E" + number, patient, "2021-05-30");
      for (int visit = 0; visit < (number == REFUSED ? 37 : 1); visit++) {
        clinic.row(
            "visits",
            "V" + number + "-" + visit,
            "E" + number,
            patient,
            "2021-06-01",
            "2021-06-01");
      }
      String decision = number < REFUSED ? "DENY" : "PERMIT";
      clinic.consent("L" + number, patient, Map.of("decision", decision));
    }
    return clinic;
  }

  @Test
  void aWithdrawalChangesNothingButWhatIsReleased() throws IOException {
    ChainClinic clinic = clinic();
    Path first = release(clinic);
    withdraw(clinic, REFUSED);

    Path second = release(clinic);

    assertThat(flow(first, "released"))
        .containsEntry("subjects//", "56")
        .containsEntry("rows/visits/", "92");
    assertThat(flow(second, "released"))
        .containsEntry("subjects//", "55")
        .containsEntry("rows/visits/", "55");
    for (String step : List.of("read", "excluded")) {
      assertThat(flow(second, step)).as(step).isEqualTo(flow(first, step)).isNotEmpty();
    }
    assertThat(flow(second, "read")).containsEntry("subjects//", "100");
    assertThat(flow(second, "excluded"))
        .containsEntry("subjects//NOT_PERMITTED", "40")
        .containsEntry("rows/visits/NOT_PERMITTED", "40")
        .containsEntry("rows/visits/NOT_USABLE", "<11");
    for (String page : List.of("manifest.html", "flow.svg", "README.md")) {
      assertThat(Installation.read(second.resolve(page)))
          .as(page)
          .doesNotContain("WITHDRAWN")
          .doesNotContain("consent withdrawn");
    }
  }

  @Test
  void theFigureMovesWithTheEleventhPersonAndHasItsDayUntilThen() throws IOException {
    ChainClinic clinic = clinic();
    Path first = release(clinic);
    for (int person = REFUSED; person < REFUSED + 10; person++) {
      withdraw(clinic, person);
    }
    Path tenth = release(clinic);
    withdraw(clinic, REFUSED + 10);
    Path eleventh = release(clinic);

    assertThat(flow(tenth, "excluded")).isEqualTo(flow(first, "excluded"));
    assertThat(flow(eleventh, "excluded"))
        .containsEntry("subjects//NOT_PERMITTED", "60")
        .containsEntry("rows/visits/NOT_PERMITTED", "90")
        .containsEntry("subjects//NOT_IN_COHORT", "<11");
    assertThat(flow(eleventh, "read")).containsEntry("subjects//", "100");
    String manifest = Installation.read(tenth.resolve("manifest.json"));
    assertThat(manifest).contains("\"countedOn\"");
  }

  /** One after the other withdraws, is released again, leaves the records or is new in them. */
  @Test
  void noCountCanBeComputedFromAllFilesOfAllReleases() throws IOException {
    ChainClinic clinic = clinic();
    List<Path> releases = new ArrayList<>(List.of(release(clinic)));
    for (int step = 0; step < 6; step++) {
      withdraw(clinic, REFUSED + 2 * step);
      clinic.row("patients", "N" + step, "1980-01-01");
      clinic.consent("LN" + step, "N" + step, Map.of("decision", step < 4 ? "PERMIT" : "DENY"));
      releases.add(release(clinic));
    }

    List<Attacker.Unknown> unknowns = Attacker.attack(releases.toArray(Path[]::new));

    long computed =
        unknowns.stream()
            .filter(unknown -> unknown.low() == unknown.high() && unknown.high() > 0)
            .count();
    System.out.println(
        "attack on all files of "
            + releases.size()
            + " releases: "
            + computed
            + " of "
            + unknowns.size()
            + " counts computed");
    assertThat(unknowns).hasSizeGreaterThan(200);
    assertThat(computed).isZero();
  }

  private static void withdraw(ChainClinic clinic, int person) {
    clinic.restriction("W" + person, "P" + person, "WITHDRAW", Map.of());
  }

  private Path release(ChainClinic clinic) throws IOException {
    Installation.Answer answer = clinic.run();
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    try (Stream<Path> list = Files.list(folder.toRealPath().resolve("releases/chain"))) {
      return list.max(java.util.Comparator.comparing(LaterReleasesTest::number)).orElseThrow();
    }
  }

  private static int number(Path release) {
    String name = release.getFileName().toString();
    return Integer.parseInt(name.substring(name.lastIndexOf('r') + 1));
  }

  /** The figures of a step with their days, by level, table and group. */
  private static Map<String, String> flow(Path release, String step) {
    Map<String, String> flow = new TreeMap<>();
    Installation.read(release.resolve("flow.csv"))
        .lines()
        .map(line -> line.split(",", -1))
        .filter(line -> line[2].equals(step))
        .forEach(line -> flow.put(line[0] + "/" + line[1] + "/" + line[3], line[4]));
    return flow;
  }
}
