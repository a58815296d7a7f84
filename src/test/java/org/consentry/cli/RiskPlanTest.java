package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.problem.CountWords;
import org.consentry.testing.PeopleTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Levels are searched once, read by a person, and applied as they were approved. */
final class RiskPlanTest {

  private static final String RULE =
      "{identity: [patients.birth_year, patients.sex, patients.zip3], k: 5,"
          + " plan: ../mappings/people.risk.yaml}";

  private static final String SEX =
      "sex: {role: quasi-identifier, do: generalize, to: hierarchy, file: sexes.csv, level: same";

  @TempDir private Path folder;
  private Path root;
  private PeopleTable clinic;

  @BeforeEach
  void clinic() throws IOException {
    root = folder.toRealPath();
    clinic =
        new PeopleTable(root)
            .column("born", "do: birth-year, as: birth_year, type: integer")
            .column("sex", "do: keep, type: code")
            .column("zip", "do: generalize, to: zip3, list: census-2020, as: zip3, type: code");
    clinic.people(people(80)).risk(RULE);
  }

  /** Born from 1960 to 1979 in two areas of one state. */
  private static List<List<String>> people(int count) {
    List<List<String>> people = new ArrayList<>();
    for (int person = 0; person < count; person++) {
      people.add(
          List.of(
              (1960 + person % 20) + "-05-06",
              person / 20 % 2 == 0 ? "F" : "M",
              person / 40 == 0 ? "85001" : "85701"));
    }
    return people;
  }

  private Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(clinic.job().toString(), "--home", root.resolve("state").toString()));
    return Installation.execute(all);
  }

  private String err(Answer answer) {
    return answer.err().replace(root + "/", "");
  }

  private void search() {
    Answer answer = call("risk", "--search");
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
  }

  private void approve() throws IOException {
    Files.writeString(
        clinic.plan(),
        Files.readString(clinic.plan())
            + "approved: {by: Dr. E. Expert, on: "
            + searchedOn()
            + ", digest: \""
            + digest()
            + "\"}\n");
  }

  /** Of the line that the search suggests. */
  private String digest() throws IOException {
    return Files.readString(clinic.plan())
        .replaceFirst(
            "(?s).*\n#   approved: \\{by: NAME, on: DATE, digest: \"(sha256:[0-9a-f]{64})\"}\n.*",
            "$1");
  }

  private String searchedOn() throws IOException {
    return Files.readString(clinic.plan()).replaceAll("(?s).*searchedOn: (\\S+).*", "$1");
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private static JsonNode risk(Path release) {
    return new JsonMapper()
        .readTree(release.resolve("manifest.json").toFile())
        .at("/predicate/risk");
  }

  private Path release() throws IOException {
    try (Stream<Path> releases = Files.list(root.resolve("releases/people"))) {
      return releases.sorted().reduce((older, newer) -> newer).orElseThrow();
    }
  }

  @Test
  void writesWhatTheSearchFoundForAPersonToRead() throws IOException {
    Answer answer = call("risk", "--search");

    assertThat(answer.out())
        .isEqualTo(
            """
            patients.birth_year: 5 years
            patients.sex: as mapped
            patients.zip3: as mapped
            smallest group 5
            left out       0 of 80
            written to     %s
            """
                .formatted(clinic.plan()));
    assertThat(answer.err())
        .isEqualTo(
            """
            searching levels
            searching 15 combinations of levels for 80 people
            no run applies the plan before a person approved it in the file
            """);
    assertThat(
            Files.readString(clinic.plan())
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:...")
                .replace(searchedOn(), "TODAY"))
        .isEqualTo(
            """
            # Levels of generalization that a search found. No run applies them before a person has read this file and added:
            #   approved: {by: NAME, on: DATE, digest: "sha256:..."}
            riskPlan: people
            searchedOn: TODAY
            inputs:
              risk: "sha256:..."
              mapping: "sha256:..."
              lists: {}
            goal: {k: 5, loss: entropy, suppressAtMost: 0.0}
            levels:
              patients.birth_year: "5 years"
              patients.sex: as mapped
              patients.zip3: as mapped
            gives: {people: 80, smallestGroup: 5, suppressed: 0, averageRisk: 0.200000, loss: 185.754248}
            considered: 15    # combinations of levels; all others have groups that are too small
            alternatives:    # the next best
              - levels: {patients.birth_year: "10 years", patients.sex: as mapped, patients.zip3: as mapped}
                smallestGroup: 10
                suppressed: 0
                loss: 265.754248
              - levels: {patients.birth_year: "5 years", patients.sex: as mapped, patients.zip3: state}
                smallestGroup: 10
                suppressed: 0
                loss: 265.754248
              - levels: {patients.birth_year: "5 years", patients.sex: as mapped, patients.zip3: none}
                smallestGroup: 10
                suppressed: 0
                loss: 265.754248
              - levels: {patients.birth_year: "10 years", patients.sex: as mapped, patients.zip3: state}
                smallestGroup: 20
                suppressed: 0
                loss: 345.754248
              - levels: {patients.birth_year: "10 years", patients.sex: as mapped, patients.zip3: none}
                smallestGroup: 20
                suppressed: 0
                loss: 345.754248
            """);
    assertThat(root.resolve("state")).doesNotExist();
    assertThat(root.resolve("releases")).doesNotExist();
  }

  @Test
  void looksAtWhatAPlanGivesBeforeItIsApproved() {
    search();

    Answer answer = call("risk");

    assertThat(answer.exitCode()).isEqualTo(0);
    assertThat(answer.out()).contains("people         80\nsmallest group 5\n");
  }

  @Test
  void measuresTheMappingWhereThereIsNoPlanYet() {
    Answer answer = call("risk");

    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(answer.out()).contains("smallest group 1\n");
  }

  @Test
  void aSmallKNeedsTheReasonOfAPerson() throws IOException {
    edit(
        clinic.job(),
        "acknowledge: [{code: RISK_SMALL_K, reason: few people, until: 2039-12-31}]\n",
        "");

    Answer answer = call("validate");

    assertThat(answer.out().replace(root + "/", ""))
        .contains(
            "jobs/people.yaml:19:1: error RISK_SMALL_K k: 5 allows a risk above 9 %, the usual"
                + " threshold of a very small risk, which is k: 11; write k: 11 or more, or the"
                + " expert's reason: acknowledge: [{code: RISK_SMALL_K, reason: ..., until:"
                + " DATE}]");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "risk"})
  void fromElevenOnNoReasonIsAsked(String command) throws IOException {
    edit(clinic.job(), "k: 5", "k: 11");
    Files.writeString(
        clinic.job(), Files.readString(clinic.job()).replaceAll("(?m)^acknowledge:.*\n", ""));

    Answer answer = call(command);

    assertThat(answer.out() + answer.err()).isNotEmpty().doesNotContain("RISK_SMALL_K");
  }

  @Test
  void aRunNeedsThePlanFile() {
    Answer answer = call("run");

    assertThat(err(answer))
        .isEqualTo(
            "jobs/people.yaml:19:82: error NO_SUCH_FILE there is no risk plan at"
                + " '../mappings/people.risk.yaml'; make one with consentry risk JOB --search, and"
                + " have it approved\n");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "plan", "validate"})
  void aPlanThatIsNotApprovedIsNotApplied(String command) throws IOException {
    search();

    Answer answer = call(command);

    assertThat(err(answer) + answer.out().replace(root + "/", ""))
        .contains(
            "mappings/people.risk.yaml: error RISK_PLAN_NOT_APPROVED the risk plan is not approved;"
                + " have the expert read it and add approved: {by: NAME, on: DATE, digest: \""
                + digest()
                + "\"}\n");
    assertThat(answer.exitCode()).isEqualTo(command.equals("validate") ? 10 : 12);
    assertThat(root.resolve("releases")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-01", "2039-01-01"})
  void noPlanIsApprovedBeforeItWasMadeOrTomorrow(String day) throws IOException {
    search();
    approve();
    edit(clinic.plan(), "on: " + searchedOn() + ",", "on: " + day + ",");

    Answer answer = call("run");

    assertThat(err(answer))
        .isEqualTo(
            "mappings/people.risk.yaml:37:1: error RISK_PLAN_NOT_APPROVED the risk plan of "
                + searchedOn()
                + " cannot have been approved on "
                + day
                + "; write the day on which it was approved\n");
    assertThat(answer.exitCode()).isEqualTo(12);
  }

  /** An approval is of one job, one question, one answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patients.birth_year: \"5 years\" | patients.birth_year: as mapped",
        "patients.zip3: as mapped | patients.zip3: state",
        "k: 5, | k: 11,",
        "suppressAtMost: 0.0 | suppressAtMost: 0.5",
        "smallestGroup: 5, | smallestGroup: 50,",
        "suppressed: 0, averageRisk | suppressed: 1, averageRisk",
        "averageRisk: 0.2 | averageRisk: 0.1"
      })
  void aPlanThatWasChangedBelowItsApprovalIsNotApplied(String from, String to) throws IOException {
    search();
    approve();
    edit(clinic.plan(), from, to);

    Answer answer = call("run");

    assertThat(err(answer))
        .startsWith("mappings/people.risk.yaml:37:")
        .containsPattern(
            "error RISK_PLAN_NOT_APPROVED the risk plan is not the one that was approved: its"
                + " digest is another; undo what was changed in the plan, or have the expert read"
                + " it and write digest: \"sha256:[0-9a-f]{64}\"\n")
        .doesNotContain(digest());
    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(root.resolve("releases")).doesNotExist();
  }

  @Test
  void theDigestThatTheMessageHasIsTheOneToApprove() throws IOException {
    search();
    approve();
    edit(clinic.plan(), "patients.zip3: as mapped\ngives", "patients.zip3: state\ngives");
    String shown = call("run").err().replaceFirst("(?s).*write digest: \"(.*)\"\n", "$1");
    String text = Files.readString(clinic.plan());
    int last = text.lastIndexOf("digest: ");
    Files.writeString(clinic.plan(), text.substring(0, last) + "digest: \"" + shown + "\"}\n");

    assertThat(call("run").exitCode()).isEqualTo(0);
  }

  @Test
  void anApprovalWithoutADigestIsNone() throws IOException {
    search();
    approve();
    String digest = digest();
    String text = Files.readString(clinic.plan());
    int last = text.lastIndexOf(", digest: ");
    Files.writeString(clinic.plan(), text.substring(0, last) + "}\n");

    Answer answer = call("run");

    assertThat(err(answer))
        .isEqualTo(
            "mappings/people.risk.yaml:37:1: error RISK_PLAN_NOT_APPROVED the approval does not"
                + " have the digest of the plan; have the expert read it and add digest: \""
                + digest
                + "\"\n");
    assertThat(answer.exitCode()).isEqualTo(12);
  }

  @Test
  void aRunAppliesTheApprovedLevelsAndReportsHowTheSmallestGroupChanged() throws IOException {
    search();
    approve();
    clinic.people(Stream.of(people(80), people(80)).flatMap(List::stream).toList());

    Answer answer = call("run");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.err())
        .contains(
            "risk plan of " + searchedOn() + ": smallest group was 5 when approved, is 10 now\n");
    try (Stream<String> rows = Files.lines(release().resolve("data/patients.csv"))) {
      assertThat(rows.skip(1).map(row -> row.split(",", -1)[1]).distinct())
          .containsExactlyInAnyOrder("1960", "1965", "1970", "1975");
    }
    JsonNode risk = risk(release());
    assertThat(risk.at("/plan/levels/patients.birth_year").asString()).isEqualTo("5 years");
    assertThat(risk.at("/plan/approvedBy").asString()).isEqualTo("Dr. E. Expert");
    assertThat(risk.at("/plan/approvedOn").asString()).isEqualTo(searchedOn());
    assertThat(risk.at("/plan/sha256").asString())
        .isEqualTo(Installation.digests(root.resolve("mappings")).get("people.risk.yaml"));
    assertThat(risk.path("smallestGroupWhenApproved").asInt()).isEqualTo(5);
    assertThat(risk.path("smallestGroup").asInt()).isEqualTo(10);
  }

  @Test
  void aRunNeverSearches() throws IOException {
    search();
    approve();
    String before = Files.readString(clinic.plan());
    clinic.people(people(40));

    Answer answer = call("run");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(Files.readString(clinic.plan())).isEqualTo(before);
  }

  @Test
  void aPlanOfAnotherMappingIsNotApplied() throws IOException {
    search();
    approve();
    Files.writeString(clinic.mapping(), Files.readString(clinic.mapping()) + "# reviewed\n");

    Answer answer = call("run");

    assertThat(err(answer))
        .isEqualTo(
            "mappings/people.risk.yaml:7:12: error RISK_PLAN_STALE the mapping changed since the"
                + " plan was made; search again with consentry risk JOB --search, and have the plan"
                + " approved\n");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k: 6",
        "k: 5, loss: loss",
        "k: 5, onViolation: suppress",
        "k: 5, onViolation: suppress, suppressAtMost: 0.1"
      })
  void aPlanForAnotherRiskIsNotApplied(String asked) throws IOException {
    search();
    approve();
    edit(clinic.job(), "k: 5", asked);

    Answer answer = call("run");

    assertThat(err(answer))
        .isEqualTo(
            "mappings/people.risk.yaml:6:9: error RISK_PLAN_STALE the job's risk is not the one the"
                + " plan was made for; search again with consentry risk JOB --search, and have the"
                + " plan approved\n");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void aPlanIsOfTheFilesThatTheRiskNames() throws IOException {
    Files.writeString(root.resolve("jobs/population.csv"), "patients.sex,count\nF,1000\nM,1000\n");
    edit(
        clinic.job(),
        "identity: [patients.birth_year, patients.sex, patients.zip3], k: 5",
        "identity: [patients.sex], k: 5, population: {file: population.csv}");
    edit(clinic.mapping(), "sex: {role: quasi-identifier, do: keep", SEX);
    Files.writeString(root.resolve("mappings/sexes.csv"), "sex,same\nF,F\nM,M\n");
    search();
    approve();
    assertThat(call("run").exitCode()).isEqualTo(0);
    edit(root.resolve("jobs/population.csv"), "F,1000", "F,1001");

    Answer answer = call("run");

    assertThat(err(answer))
        .contains(
            "error RISK_PLAN_STALE list 'risk population.csv' changed since the plan was made");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void aPlanWhoseColumnsAreGoneIsNotApplied() throws IOException {
    search();
    approve();
    edit(clinic.mapping(), "as: birth_year", "as: year_of_birth");
    edit(clinic.job(), "patients.birth_year", "patients.year_of_birth");

    Answer answer = call("run");

    assertThat(err(answer))
        .contains(
            "mappings/people.risk.yaml:11:24: error RISK_PLAN_COLUMN no released column is named"
                + " 'patients.birth_year'; search again with consentry risk JOB --search, and have"
                + " the plan approved\n")
        .contains("RISK_PLAN_STALE the mapping changed")
        .contains("RISK_PLAN_STALE the job's risk");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void aLevelThatTheOperatorLacksIsNotApplied() throws IOException {
    search();
    approve();
    edit(
        clinic.plan(),
        "patients.birth_year: \"5 years\"\n  p",
        "patients.birth_year: \"6 years\"\n  p");

    Answer answer = call("run");

    assertThat(err(answer))
        .startsWith(
            "mappings/people.risk.yaml:11:24: error RISK_PLAN_LEVEL 'patients.birth_year' has no"
                + " level '6 years'; did you mean '5 years'?\n")
        .contains("error RISK_PLAN_NOT_APPROVED the risk plan is not the one that was approved");
  }

  @Test
  void neverWritesOverAnApprovedPlanWithoutAWord() throws IOException {
    search();
    search();
    approve();
    String approved = Files.readString(clinic.plan());

    Answer refused = call("risk", "--search");

    assertThat(err(refused))
        .isEqualTo(
            "mappings/people.risk.yaml: error RISK_PLAN_APPROVED the file is a plan that a person"
                + " approved, or something else; move it away, or add --replace to write a new plan"
                + " in its place\n");
    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(Files.readString(clinic.plan())).isEqualTo(approved);
    assertThat(call("risk", "--search", "--replace").exitCode()).isEqualTo(0);
    assertThat(Files.readString(clinic.plan())).doesNotContain("Dr. E. Expert");
  }

  @Test
  void anotherFileIsNoPlanAndStays() throws IOException {
    Files.writeString(clinic.plan(), "notes: mine\n");

    assertThat(call("risk", "--search").exitCode()).isEqualTo(10);
    assertThat(Files.readString(clinic.plan())).isEqualTo("notes: mine\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fewerPeopleThanAGroupHaveNoLevels(int count) {
    clinic.people(people(count));

    Answer answer = call("risk", "--search");

    assertThat(err(answer))
        .endsWith(
            "jobs/people.yaml: error RISK_NOTHING_FOUND no levels give groups of 5 among "
                + CountWords.of(count, "person", "people")
                + " with at most 0 % of them left out; allow more to be left out"
                + " (suppressAtMost), name fewer identity columns or events, or drop columns in the"
                + " mapping\n");
    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(clinic.plan()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"risk", "run"})
  void nothingIsReleasedWhenMoreWouldBeLeftOutThanIsAllowed(String command) {
    clinic.people(people(81));
    clinic.risk(
        "{identity: [patients.birth_year], k: 5, onViolation: suppress, suppressAtMost: 0.01}");

    Answer answer = call(command);

    assertThat(err(answer))
        .endsWith(
            "jobs/people.yaml: error TOO_MANY_LEFT_OUT 76 of 81 subjects would be left out, more"
                + " than suppressAtMost: 0.01 allows; nothing was released; generalize the columns"
                + " of risk further, release fewer of them, or change k with the expert\n");
    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(root.resolve("releases/people")).doesNotExist();
  }

  @Test
  void suppressionMustBeAllowedBeforeASearchCountsOnIt() {
    clinic.risk("{identity: [patients.sex], suppressAtMost: 0.1, plan: p.yaml}");

    assertThat(err(call("risk", "--search")))
        .isEqualTo(
            "jobs/people.yaml:19:50: error INVALID_VALUE suppressAtMost needs onViolation:"
                + " suppress\n");
  }

  @Test
  void columnsWithoutLevelsLeaveNothingToSearch() {
    clinic.risk("{identity: [patients.sex], plan: ../mappings/people.risk.yaml}");

    Answer answer = call("risk", "--search");

    assertThat(err(answer))
        .isEqualTo(
            "jobs/people.yaml:19:1: error RISK_NO_LEVELS no identity column of the subjects table"
                + " has levels to search; release one of them by birth-year, age or generalize\n");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  /** Eight columns of seven levels: 7^8. */
  @Test
  void refusesMoreCombinationsThanASearchLooksAt() throws IOException {
    PeopleTable wide = new PeopleTable(Files.createDirectory(root.resolve("wide")));
    for (int column = 0; column < 8; column++) {
      wide.hierarchy(
          "c" + column,
          List.of(List.of("1", "1", "1", "1", "1", "1"), List.of("2", "2", "2", "2", "2", "2")));
    }
    wide.people(List.of(Collections.nCopies(8, "1"), Collections.nCopies(8, "2")));
    wide.risk("{" + wide.identity() + ", k: 2, plan: ../mappings/people.risk.yaml}");
    clinic = wide;

    Answer answer = call("risk", "--search");

    assertThat(err(answer))
        .isEqualTo(
            "wide/jobs/people.yaml:19:1: error RISK_TOO_MANY_LEVELS the identity columns have"
                + " 5764801 combinations of levels, and a search looks at 1000000 at most; name"
                + " fewer identity columns, or choose coarser rules in the mapping, which have"
                + " fewer levels left\n");
    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(clinic.plan()).doesNotExist();
  }

  @Test
  void aSearchNeedsTheNameOfAPlanFile() {
    clinic.risk("{identity: [patients.birth_year], k: 5}");

    assertThat(err(call("risk", "--search")))
        .isEqualTo(
            "jobs/people.yaml:19:1: error RISK_PLAN_MISSING the job's risk names no file for a"
                + " plan; add plan: with a path relative to the job\n");
  }

  /** Two people of another area have one diagnosis; in one group with the others they expose it. */
  @Test
  void findsLevelsBelowThoseAtWhichValuesDoNotHide() throws IOException {
    PeopleTable ill =
        new PeopleTable(Files.createDirectory(root.resolve("ill")))
            .column("zip", "do: generalize, to: zip3, list: census-2020, as: zip3, type: code")
            .column("illness", "do: keep, type: code");
    List<List<String>> people = new ArrayList<>();
    for (int person = 0; person < 10; person++) {
      people.add(List.of("85001", person < 5 ? "flu" : "cold"));
    }
    people.addAll(List.of(List.of("85701", "flu"), List.of("85701", "flu")));
    ill.people(people)
        .risk(
            "{identity: [patients.zip3], k: 5, plan: ../mappings/people.risk.yaml,"
                + " sensitive: [{column: patients.illness, entropy: 1.99}],"
                + " onViolation: suppress, suppressAtMost: 0.2}");
    clinic = ill;

    Answer answer = call("risk", "--search");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.out())
        .contains("patients.zip3: as mapped")
        .contains("left out       2 of 12");
  }

  @ParameterizedTest
  @CsvSource({"discernibility, 84", "class-size, 8"})
  void aPersonLeftOutBecauseOfEventsCountsAsLost(String loss, String lost) throws IOException {
    PeopleTable ill =
        new PeopleTable(Files.createDirectory(root.resolve("ill")))
            .column("zip", "do: generalize, to: zip3, list: census-2020, as: zip3, type: code")
            .column("illness", "do: keep, type: code");
    List<List<String>> people = new ArrayList<>();
    for (int person = 0; person < 10; person++) {
      people.add(List.of("85001", person < 8 ? "flu" : "cold"));
    }
    ill.people(people)
        .risk(
            "{identity: [patients.zip3], k: 5, plan: ../mappings/people.risk.yaml, loss: "
                + loss
                + ", events: {columns: [patients.illness], known: 1},"
                + " onViolation: suppress, suppressAtMost: 0.5}");
    clinic = ill;

    assertThat(call("risk", "--search").exitCode()).isEqualTo(0);

    // 84 = 8 * 8 of those who stay and 2 * 10 of those who do not.
    assertThat(Files.readString(clinic.plan())).contains("loss: " + lost + ".000000}");
  }

  @Test
  void aHierarchyWithoutAValueOfTheSourceStopsTheSearch() throws IOException {
    PeopleTable blood =
        new PeopleTable(Files.createDirectory(root.resolve("blood")))
            .hierarchy("blood", List.of(List.of("A", "any"), List.of("B", "any")));
    blood.people(List.of(List.of("A"), List.of("B"), List.of("AB")));
    blood.risk("{identity: [patients.blood], k: 2, plan: ../mappings/people.risk.yaml}");
    clinic = blood;

    Answer answer = call("risk", "--search");

    assertThat(err(answer))
        .isEqualTo(
            "blood/clinic/patients.csv:4: error INVALID_VALUE column 'blood' has a value that is"
                + " not a value of the hierarchy; repair the row, or set onInvalid: blank or"
                + " reject-row for 'blood' in the mapping\n");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void aHierarchyThatPartsValuesAgainIsRefused() throws IOException {
    PeopleTable blood =
        new PeopleTable(Files.createDirectory(root.resolve("blood")))
            .hierarchy("blood", List.of(List.of("A", "common", "x"), List.of("O", "common", "y")));
    blood.people(List.of(List.of("A"), List.of("O")));
    blood.risk("{identity: [patients.blood], k: 2, plan: ../mappings/people.risk.yaml}");
    clinic = blood;

    assertThat(err(call("risk", "--search")))
        .isEqualTo(
            "blood.csv:3: error HIERARCHY_NOT_NESTED values that are together at level 'level1' are"
                + " apart at the coarser level 'level2'; order the columns from fine to coarse, and"
                + " give equal cells equal cells to their right\n");
  }
}
