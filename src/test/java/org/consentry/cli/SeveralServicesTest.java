package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.testing.PostgresServer;
import org.consentry.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Services as processes on one state folder. */
final class SeveralServicesTest {

  private static final String JOB = "outcomes-limited-data-set";
  private static final long PATIENCE = 180_000_000_000L; // nanoseconds

  @TempDir private Path folder;
  private final List<Process> services = new ArrayList<>();
  private int started;
  private Installation place;
  private PostgresServer.Database database;

  @BeforeEach
  void install() {
    database = PostgresServer.database();
    place = SmallSample.in(folder);
  }

  @AfterEach
  void endAll() {
    for (Process service : services) {
      service.descendants().forEach(ProcessHandle::destroyForcibly);
      service.destroyForcibly().onExit().join();
    }
  }

  private void embedded() {
    Site.settings(folder, Site.user("ada", Set.of(Role.STEWARD)));
  }

  private void shared() {
    shared(database);
  }

  private void shared(PostgresServer.Database database) {
    List<String> lines = new ArrayList<>(Site.user("ada", Set.of(Role.STEWARD)));
    lines.add("spring.datasource.url=" + database.url());
    lines.add("spring.datasource.username=" + PostgresServer.USER);
    lines.add("spring.datasource.password=" + PostgresServer.PASSWORD);
    Site.settings(folder, lines);
  }

  private List<String> words() {
    return words(folder.resolve("jobs"));
  }

  private List<String> words(Path jobs) {
    return List.of("serve", "--jobs", jobs.toString(), "--home", place.home().toString());
  }

  private void endFirst() {
    services.get(0).destroy();
    services.get(0).onExit().join();
    services.clear();
  }

  private void serve() throws Exception {
    Path log = log(started);
    List<String> options = List.of("-Xmx256m", "-XX:+UseSerialGC");
    services.add(Program.java(options, Main.class, words()).start(log));
    started++;
    waitFor(() -> Installation.read(log).contains("the service listens"));
  }

  private Path log(int number) {
    return folder.resolve("service-" + number + ".log");
  }

  private void waitFor(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(services).as(printed()).allMatch(Process::isAlive);
      assertThat(System.nanoTime()).as(printed()).isLessThan(end);
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private String printed() {
    return IntStream.range(0, started)
        .mapToObj(this::log)
        .map(Installation::read)
        .collect(Collectors.joining());
  }

  /** How often each due time of the job was begun. */
  private Map<String, Long> begun() {
    return Installation.files(place.home().resolve("service")).stream()
        .filter(file -> String.valueOf(file.getFileName()).startsWith("history-"))
        .flatMap(file -> Installation.read(file).lines())
        .map(line -> JsonMapper.shared().readTree(line))
        .filter(event -> event.path("what").asString().equals("BEGUN"))
        .map(event -> event.path("due").asString())
        .collect(Collectors.groupingBy(due -> due, Collectors.counting()));
  }

  @Test
  void ofTwoOverOneDatabaseOneRunsWhatIsDue() throws Exception {
    shared();
    Path file = place.job(JOB);
    Installation.write(
        file,
        Installation.read(file).replaceAll("(?m)^schedule:.*\n", "")
            + "schedule: {cron: \"* * * * *\", zone: UTC}\n");
    for (String key : List.of("study " + JOB + ".key", "signing manifest-signing.pem")) {
      String[] words = key.split(" ", -1);
      Path to = folder.resolve("keys").resolve(words[1]);
      assertThat(Installation.execute(List.of("keys", "new", words[0], to.toString())).exitCode())
          .isZero();
    }
    serve();
    serve();
    assertThat(place.call("schedule", "list", "--jobs", folder.resolve("jobs").toString()).out())
        .doesNotContain("no service is at work");

    waitFor(() -> place.releases(JOB).size() >= 1);

    assertThat(begun()).isNotEmpty().allSatisfy((due, times) -> assertThat(times).isEqualTo(1));
    assertThat(new RunRecords(new StateFolder(place.home())).all())
        .hasSizeBetween(1, begun().size());
  }

  @Test
  void oneWithATimetableOfItsOwnIsAloneInBothOrders() throws Exception {
    embedded();
    serve();
    shared();
    Answer beside = Installation.execute(words());
    endFirst();
    serve();
    embedded();
    Answer alone = Installation.execute(words());

    assertThat(beside.exitCode()).isEqualTo(11);
    assertThat(beside.err())
        .contains("a service that was started without spring.datasource.url is at work")
        .contains("end it first");
    assertThat(alone.exitCode()).isEqualTo(11);
    assertThat(alone.err())
        .contains("another service is at work on this state folder")
        .contains("several services need spring.datasource.url of PostgreSQL");
  }

  @Test
  void oneWithAnotherDatabaseIsRefusedUntilTheOthersEnded() throws Exception {
    shared();
    serve();
    shared(PostgresServer.database());
    Answer beside = Installation.execute(words());
    endFirst();
    serve();
    shared();
    Answer again = Installation.execute(words());

    assertThat(List.of(beside.exitCode(), again.exitCode())).containsOnly(11);
    assertThat(beside.err())
        .contains("a service with another database is at work on this state folder")
        .contains("start all services with the same spring.datasource.url and --jobs");
    assertThat(again.err()).isEqualTo(beside.err());
  }

  @Test
  void oneWithAnotherFolderOfJobsIsRefused() throws Exception {
    shared();
    serve();
    Path other = Files.createDirectory(folder.resolve("other-jobs"));
    Answer beside = Installation.execute(words(other));

    assertThat(beside.exitCode()).isEqualTo(11);
    assertThat(beside.err())
        .contains("a service with another folder of jobs is at work on this state folder");
  }
}
