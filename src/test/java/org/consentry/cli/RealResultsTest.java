package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.testing.PeopleTable;
import org.consentry.testing.Program;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every result that the schema describes, from the command that prints it. */
final class RealResultsTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir private Path folder;
  private final List<JsonNode> results = new ArrayList<>();
  private Path root;
  private Installation place;

  @BeforeEach
  void install() throws IOException {
    root = folder.toRealPath();
    place = Installation.in(Files.createDirectory(root.resolve("sample")));
  }

  @Test
  void everyResultOfTheSchemaIsPrintedAndTakesNoOtherMember() throws Exception {
    files();
    rules();
    runs();
    followups();
    backups();
    questions();
    approvals();
    recalls();
    schedules();
    service();

    Set<String> printed = new TreeSet<>();
    for (JsonNode result : results) {
      printed.add(result.path("command").asString() + " " + result.path("shape").asString());
      ObjectNode more = result.asObject().deepCopy().put("unheardOf", "a");
      assertThat(Events.errors(result.toString())).isEmpty();
      assertThat(Events.errors(more.toString())).as(more.toString()).isNotEmpty();
    }
    assertThat(printed).containsExactlyInAnyOrderElementsOf(SchemaOfResultsTest.shapesOfCommands());
    assertThat(results)
        .filteredOn(one -> !one.path("shape").asString().equals("syntheticRows"))
        .extracting(JsonNode::toString)
        .noneMatch(one -> one.contains("P000001"))
        .noneMatch(one -> one.contains(SmallClinic.id(1) + "\""))
        .noneMatch(one -> one.contains(Installation.read(studyKey()).strip()));
  }

  /** The answer of a command; each has a result. */
  private Answer met(Answer answer) {
    assertThat(answer.results()).as("%s %s", answer.out(), answer.err()).isNotEmpty();
    results.addAll(answer.results());
    return answer;
  }

  private Answer call(String... words) {
    return met(place.call(json(words)));
  }

  private static String[] json(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new);
  }

  private Path studyKey() {
    return root.resolve("study.key");
  }

  private String job() {
    return place.job(JOB).toString();
  }

  /** Files that people write, and those that they bring. */
  private void files() {
    Path data = root.resolve("data");
    Installation.write(
        data.resolve("patients.csv"), "patient_id;date_of_birth\n1;1970-01-01\n2;1971-01-01\n");
    Installation.write(data.resolve("visits.csv"), "visit_id;patient_id;seen\n1;1;2020-01-01\n");
    call("init", "--from", data.toString(), root.resolve("made").toString());
    call("profile", "--from", data.toString());
    call("validate", job());
    call("doctor", job());
    call("diff", job(), job());
    call("plan", place.job("fhir-eyelid").toString());
    call("plan", "--sample", "1", job());
    call("risk", job());
    PeopleTable people =
        new PeopleTable(root.resolve("people"))
            .column("born", "do: birth-year, as: birth_year, type: integer")
            .people(IntStream.range(0, 20).mapToObj(i -> List.of("1960-05-06")).toList())
            .risk("{identity: [patients.birth_year], k: 5, plan: ../mappings/people.risk.yaml}");
    call("risk", "--search", people.job().toString());
  }

  private void rules() {
    String reviewed = Path.of("sample-data/reviewed/service-class.csv").toString();
    call("classify", "explain", "--procedure", "40701", "--diagnosis", "Q379");
    call("classify", "test");
    call("classify", "validate", "--against", reviewed);
  }

  private void runs() {
    call("list");
    call("status");
    call("register");
    call("keys", "new", "study", studyKey().toString());
    call("keys", "show", "study", studyKey().toString());
    call("run", "--create-keys", "--threads", "2", job());
    call("resume", place.newestRun().run());
    call("list");
    call("status");
    call("verify", release().toString());
    call("ledger", "verify");
  }

  private Path release() {
    return place.release(JOB);
  }

  /** What comes after a release, and the release in another state folder. */
  private void followups() throws IOException {
    String name = JOB + "/" + release().getFileName();
    String recipient =
        call("keys", "new", "backup", root.resolve("r.key").toString())
            .results()
            .get(0)
            .path("publicKey")
            .asString();
    Path receipt = Files.writeString(root.resolve("receipt.txt"), "received");
    call("package", name, "--to", recipient, "--output", root.resolve("r.age").toString());
    call("confirm", name, "received", "--document", receipt.toString());
    call("register");
    call("purge", "--keep", "400d");
    String signing = place.root().resolve("keys/manifest-signing.pem").toString();
    String fingerprint =
        call("keys", "show", "signing", signing).results().get(0).path("fingerprint").asString();
    met(
        Installation.execute(
            List.of(
                json(
                    "adopt",
                    release().toString(),
                    "--fingerprint",
                    fingerprint,
                    "--home",
                    root.resolve("other").toString()))));
  }

  private void backups() {
    String opener = root.resolve("r.key").toString();
    String file = root.resolve("b.age").toString();
    String text =
        call("keys", "show", "backup", opener).results().get(0).path("publicKey").asString();
    String keys = place.root().resolve("keys").toString();
    call("backup", "--public-key", text, "--keys", keys, file);
    call("restore", "--key", "file:" + opener, "--check", file);
    call("restore", "--key", "file:" + opener, "--to", root.resolve("back").toString(), file);
  }

  /** Questions about one patient, and about a folder. */
  private void questions() {
    call("explain", "--patient", "P000001", "--record", "visits:V000006", job());
    call("explain", "--patient", "P000001", "--record", "visits:none", job());
    Path extract = root.resolve("extract");
    Installation.write(extract.resolve("notes.csv"), "n,note\n1,P000001\n");
    call("scan", extract.toString(), "--against", job());
  }

  private void approvals() throws IOException {
    StagedClinic clinic = StagedClinic.in(Files.createDirectory(root.resolve("staged")));
    endsToday(clinic);
    met(clinic.call(json("run", clinic.job().toString())));
    String run = clinic.run().run();
    met(clinic.call(json("review", run, "--to", root.resolve("review").toString())));
    met(clinic.approve("ann", "--json"));
    met(clinic.call(json("publish", run)));
    met(clinic.call(json("status")));
    met(clinic.call(json("run", clinic.job().toString())));
    met(clinic.call(json("abandon", clinic.run().run())));
  }

  /** The data is to be destroyed on the day of the run, which is past in the clinic's own zone. */
  private static void endsToday(StagedClinic clinic) {
    String agreed = "permittedUsers: [staff]";
    LocalDate today = LocalDate.now(ZoneId.of("Pacific/Pago_Pago"));
    Installation.write(
        clinic.job(),
        Installation.read(clinic.job())
            .replace(agreed, agreed + ", destroyBy: " + today)
            .replace("zone: America/Phoenix", "zone: Pacific/Pago_Pago"));
    Installation.write(clinic.state().properties(), "zone=Pacific/Kiritimati\n");
  }

  private void recalls() throws IOException {
    Path own = Files.createDirectory(root.resolve("recalls"));
    StagedClinic clinic = StagedClinic.in(own, "");
    for (int i = 0; i < 4; i++) {
      met(clinic.call(json("run", clinic.job().toString())));
    }
    met(clinic.call(json("accounting", "--patient", SmallClinic.id(1))));
    Path consents = own.resolve("clinic/consents.csv");
    List<String> lines = Installation.read(consents).lines().toList();
    Installation.write(consents, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
    met(clinic.call(json("recall")));
    met(clinic.call(json("status")));
    met(clinic.call(json("recall", "--close", clinic.run().run())));
    met(clinic.call(json("status")));
  }

  private void schedules() {
    for (List<String> words :
        List.of(
            List.of("list"), List.of("pause", JOB), List.of("resume", JOB), List.of("now", JOB))) {
      List<String> all = new ArrayList<>(List.of("schedule"));
      all.addAll(words);
      all.addAll(List.of("--jobs", place.root().resolve("jobs").toString()));
      call(all.toArray(String[]::new));
    }
  }

  /** The service in a process of its own, which waits for its end. */
  private void service() throws Exception {
    Program.Ended hash =
        Program.java(List.of("-Xmx256m"), Main.class, List.of("serve", "--hash-password", "--json"))
            .reading("correct horse battery staple\n".getBytes(StandardCharsets.UTF_8))
            .run();
    met(new Answer(hash.exitCode(), hash.out(), hash.text()));
    Path own = Files.createDirectory(root.resolve("service"));
    Site.settings(own, Site.user("ada", Set.of(Role.STEWARD)));
    String none = Files.createDirectory(own.resolve("none")).toString();
    Child service = Child.start(Installation.in(own), "serve", "--json", "--jobs", none);
    try {
      service.until(() -> service.printed().contains("\"port\""));
      service
          .printed()
          .lines()
          .filter(line -> line.contains("\"port\""))
          .map(line -> JsonMapper.shared().readTree(line))
          .forEach(results::add);
    } finally {
      service.killAll();
    }
  }
}
