package org.consentry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.consentry.connector.Split;
import org.consentry.export.Publication;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/** The engine calls the stages in their order, stops when asked, and logs no content. */
class BatchEngineTest {

  private static final String CANARY = "CANARY-4711-Müller";
  private static final MemoryDatabase DATABASE = new MemoryDatabase();
  private static final ConfigurableApplicationContext CONTEXT = start();

  private static final String PUBLISHED = "PUBLISHED";
  private static final String STAGED = "STAGED";
  private static final String STOPPED = "STOPPED";

  private final String run = "run-" + UUID.randomUUID();
  private final StopRequest stop = new StopRequest();

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    BatchJdbcAutoConfiguration.class
  })
  static class Wiring {
    @Bean
    static DataSource database() {
      return DATABASE.source();
    }
  }

  private static ConfigurableApplicationContext start() {
    SpringApplication application = new SpringApplication(Wiring.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(Map.of("spring.batch.jdbc.initialize-schema", "always"));
    return application.run();
  }

  /** Everything that is logged while a test runs, exceptions with their stacks. */
  private static final class Log extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
  }

  private static final Log LOG = new Log();

  /** Spring Batch writes all it can, to this log alone: the build's own log stays readable. */
  @BeforeAll
  static void listen() {
    LOG.start();
    rootLog().addAppender(LOG);
    batchLog().addAppender(LOG);
    batchLog().setAdditive(false);
    batchLog().setLevel(Level.DEBUG);
  }

  @AfterAll
  static void close() {
    rootLog().detachAppender(LOG);
    batchLog().detachAppender(LOG);
    batchLog().setAdditive(true);
    batchLog().setLevel(Level.OFF);
    CONTEXT.close();
  }

  private static Logger rootLog() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static Logger batchLog() {
    return (Logger) LoggerFactory.getLogger("org.springframework.batch");
  }

  @Test
  void callsTheStagesInTheirOrder() {
    FakeStages stages =
        new FakeStages(List.of(FakeStages.splits("patients", 1), FakeStages.splits("visits", 1)));

    assertThat(run(1, stages)).isEqualTo(PUBLISHED);

    assertThat(stages.calls())
        .containsExactlyElementsOf(
            Stream.of(
                    Stream.of("decide", "piece"),
                    calls("patients-0"),
                    Stream.of("end 0"),
                    calls("visits-0"),
                    Stream.of("end 1", "parts", "seal", "publish"))
                .flatMap(calls -> calls)
                .toList());
  }

  private static Stream<String> calls(String split) {
    List<String> calls = new ArrayList<>(List.of("earlier " + split, "begin " + split));
    for (int batch = 0; batch < 3; batch++) {
      calls.addAll(List.of("read " + split, "extract " + split, "write " + split));
    }
    calls.addAll(List.of("read " + split, "finish " + split, "close " + split));
    return calls.stream();
  }

  @Test
  void worksOnEverySplitOnceWithManyThreads() {
    FakeStages stages = new FakeStages(List.of(FakeStages.splits("visits", 17)));

    assertThat(run(4, stages)).isEqualTo(PUBLISHED);

    assertThat(stages.calls("finish")).hasSize(17).doesNotHaveDuplicates();
    assertThat(stages.calls("close")).hasSize(17).doesNotHaveDuplicates();
    assertThat(stages.calls()).endsWith("end 0", "parts", "seal", "publish");
  }

  @Test
  void writesEveryPartOnceAfterTheLastLevel() {
    FakeStages stages =
        new FakeStages(List.of(FakeStages.splits("visits", 2)))
            .parts(FakeStages.splits("sorted", 9));

    assertThat(run(4, stages)).isEqualTo(PUBLISHED);

    assertThat(stages.calls("finish sorted")).hasSize(9).doesNotHaveDuplicates();
    assertThat(stages.calls().indexOf("begin sorted-0"))
        .isGreaterThan(stages.calls().indexOf("parts"));
    assertThat(stages.calls()).endsWith("seal", "publish");
  }

  @Test
  void writesNoPartAgainThatWasWrittenBeforeAFailure() {
    FakeStages first =
        new FakeStages(List.of(FakeStages.splits("visits", 1)))
            .parts(FakeStages.splits("sorted", 3))
            .failing(
                "write sorted-1",
                ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    assertThatThrownBy(() -> run(1, first)).isInstanceOf(ProblemException.class);
    FakeStages second = first.next();

    assertThat(run(1, second)).isEqualTo(PUBLISHED);

    List<String> finished = new ArrayList<>(first.calls("finish"));
    finished.addAll(second.calls("finish"));
    assertThat(finished)
        .containsExactlyInAnyOrder(
            "finish visits-0", "finish sorted-0", "finish sorted-1", "finish sorted-2");
  }

  @Test
  void aStagedRunIsTakenUpAgainLikeOneThatWasStopped() {
    FakeStages first = new FakeStages(List.of(FakeStages.splits("visits", 2))).staging();
    assertThat(run(2, first)).isEqualTo(STAGED);

    FakeStages second = first.next();

    assertThat(run(2, second)).isEqualTo(PUBLISHED);
    assertThat(second.calls()).endsWith("end 0", "parts", "seal", "publish");
  }

  @Test
  void publishesAJobWhoseTablesAreEmpty() {
    FakeStages stages = new FakeStages(List.of(List.of(), List.of()));

    assertThat(run(2, stages)).isEqualTo(PUBLISHED);

    assertThat(stages.calls())
        .containsExactly("decide", "piece", "end 0", "end 1", "parts", "seal", "publish");
  }

  @Test
  void reportsRowsAndNotBatchesToTheRepository() {
    run(2, new FakeStages(List.of(FakeStages.splits("visits", 2))));

    List<StepExecution> splits =
        lastExecution().getStepExecutions().stream()
            .filter(step -> step.getStepName().contains(":"))
            .toList();

    assertThat(splits).hasSize(2);
    assertThat(splits)
        .allSatisfy(
            step -> {
              assertThat(step.getReadCount()).isEqualTo(30);
              assertThat(step.getWriteCount()).isEqualTo(18);
              assertThat(step.getFilterCount()).isEqualTo(12);
              assertThat(step.getCommitCount()).as("of three batches").isLessThan(3);
              assertThat(step.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decide",
        "piece",
        "earlier visits-0",
        "begin visits-0",
        "read visits-0",
        "extract visits-0",
        "write visits-0",
        "finish visits-0",
        "end 0",
        "parts",
        "seal",
        "publish"
      })
  void throwsTheProblemThatEndedTheRunAndCallsNothingAfterIt(String call) {
    ProblemException problem =
        ProblemException.of(Category.STALE, "CHANGED", Place.of("a.csv", 3), "changed", "resume");
    FakeStages stages =
        new FakeStages(List.of(FakeStages.splits("visits", 1))).failing(call, problem);

    assertThatThrownBy(() -> run(1, stages))
        .isInstanceOf(ProblemException.class)
        .hasMessage("a.csv:3: error CHANGED changed; resume")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.STALE);
    List<String> after =
        stages.calls().subList(stages.calls().indexOf(call) + 1, stages.calls().size());
    assertThat(after).isSubsetOf("close visits-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decide",
        "piece",
        "earlier visits-0",
        "begin visits-0",
        "read visits-1",
        "write visits-2",
        "finish visits-0",
        "end 0",
        "parts",
        "seal",
        "publish"
      })
  void takesUpAFailedRunWhereItsMarkersEnd(String call) {
    FakeStages first =
        new FakeStages(List.of(FakeStages.splits("visits", 5)))
            .failing(
                call, ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    assertThatThrownBy(() -> run(1, first)).isInstanceOf(ProblemException.class);
    FakeStages second = first.next();

    assertThat(run(1, second)).isEqualTo(PUBLISHED);

    assertThat(second.calls("earlier")).hasSize(5);
    List<String> finished = new ArrayList<>(second.calls("finish"));
    finished.addAll(first.calls("finish"));
    finished.remove(call);
    assertThat(finished).hasSize(5).doesNotHaveDuplicates();
    assertThat(second.calls()).endsWith("end 0", "parts", "seal", "publish");
  }

  @Test
  void beginsNoSplitAfterOneFailed() {
    FakeStages stages =
        new FakeStages(List.of(FakeStages.splits("visits", 9)))
            .failing(
                "write visits-0",
                ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    for (int i = 1; i < 9; i++) {
      stages.failing(
          "write visits-" + i,
          ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    }

    assertThatThrownBy(() -> run(1, stages)).isInstanceOf(ProblemException.class);

    assertThat(stages.calls("begin")).hasSize(1);
    assertThat(stages.calls("close")).hasSize(1);
    assertThat(stages.calls("publish")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "decide,decide",
    "read visits-0,read",
    "write visits-1,write",
    "finish visits-2,finish",
    "end 0,end",
    "parts,parts",
    "seal,seal"
  })
  void stopsWhenAskedAndPublishesWhenTakenUp(String call, String word) {
    FakeStages first =
        new FakeStages(List.of(FakeStages.splits("visits", 3))).at(call, any -> stop.ask());

    assertThat(run(1, first)).isEqualTo(STOPPED);

    assertThat(first.calls(word)).contains(call);
    assertThat(first.calls("publish")).isEmpty();
    assertThat(first.calls("close")).hasSameSizeAs(first.calls("begin"));
    FakeStages second = first.next();
    assertThat(outcome(engine(1).run(run, second, new StopRequest()))).isEqualTo(PUBLISHED);
    assertThat(first.calls("finish").size() + second.calls("finish").size()).isEqualTo(3);
  }

  @Test
  void doesNothingButDecideWhenAskedToStopBefore() {
    stop.ask();
    FakeStages stages = new FakeStages(List.of(FakeStages.splits("visits", 3), List.of()));

    assertThat(run(2, stages)).isEqualTo(STOPPED);

    assertThat(stages.calls())
        .doesNotContain("earlier visits-0", "begin visits-0", "end 0", "parts", "seal", "publish");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STARTING", "STARTED", "STOPPING", "UNKNOWN"})
  void takesUpARunThatWasKilledInTheMiddle(String left) {
    FakeStages first =
        new FakeStages(List.of(FakeStages.splits("visits", 4)))
            .failing(
                "read visits-2",
                ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    assertThatThrownBy(() -> run(1, first)).isInstanceOf(ProblemException.class);
    leaveAs(left);
    FakeStages second = first.next();

    assertThat(run(1, second)).isEqualTo(PUBLISHED);

    assertThat(second.calls("finish").size() + first.calls("finish").size()).isEqualTo(4);
    assertThat(second.calls()).endsWith("end 0", "parts", "seal", "publish");
  }

  /**
   * Changes the repository to what a kill leaves: job and unfinished steps at work, never ended.
   */
  private void leaveAs(String status) {
    long execution = lastExecution().getId();
    assertThat(
            DATABASE.execute(
                "UPDATE BATCH_JOB_EXECUTION SET STATUS = ?, END_TIME = NULL,"
                    + " EXIT_CODE = 'UNKNOWN' WHERE JOB_EXECUTION_ID = ?",
                status,
                execution))
        .isEqualTo(1);
    DATABASE.execute(
        "UPDATE BATCH_STEP_EXECUTION SET STATUS = ?, END_TIME = NULL,"
            + " EXIT_CODE = 'EXECUTING' WHERE JOB_EXECUTION_ID = ? AND STATUS <> 'COMPLETED'",
        status,
        execution);
  }

  @Test
  void findsEverySplitByItsNameAfterTheSourceGrew() {
    List<Split> before =
        Stream.concat(
                FakeStages.splits("patients", 1).stream(), FakeStages.splits("visits", 2).stream())
            .toList();
    List<Split> after =
        Stream.concat(
                FakeStages.splits("patients", 3).stream(), FakeStages.splits("visits", 2).stream())
            .toList();
    ProblemException failure =
        ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", "");
    FakeStages first =
        new FakeStages(List.of(before))
            .failing("read visits-0", failure)
            .failing("read visits-1", failure)
            .failing("read patients-0", failure);
    assertThatThrownBy(() -> run(1, first)).isInstanceOf(ProblemException.class);
    FakeStages second = first.next(List.of(after));

    assertThat(run(1, second)).isEqualTo(PUBLISHED);

    assertThat(second.calls("finish"))
        .containsExactly(
            "finish patients-0",
            "finish patients-1",
            "finish patients-2",
            "finish visits-0",
            "finish visits-1");
  }

  @Test
  void takesUpARunWhoseJobInstanceHasNoExecution() {
    CONTEXT.getBean(JobRepository.class).createJobInstance(ExportJob.NAME, attempt(1));
    FakeStages stages = new FakeStages(List.of(FakeStages.splits("visits", 2)));

    assertThat(run(1, stages)).isEqualTo(PUBLISHED);

    assertThat(stages.calls("finish")).hasSize(2);
    assertThat(lastExecution(2).getStatus()).isEqualTo(BatchStatus.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM BATCH_STEP_EXECUTION_CONTEXT",
        "DELETE FROM BATCH_JOB_EXECUTION_CONTEXT",
        "UPDATE BATCH_STEP_EXECUTION_CONTEXT SET SHORT_CONTEXT = 'no context'",
        "UPDATE BATCH_JOB_EXECUTION_CONTEXT SET SHORT_CONTEXT = 'no context'",
        "UPDATE BATCH_STEP_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL, START_TIME = NULL",
        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTING', END_TIME = NULL, START_TIME = NULL",
        "UPDATE BATCH_JOB_EXECUTION SET STATUS = 'UNKNOWN'",
        "DELETE FROM BATCH_JOB_EXECUTION_PARAMS"
      })
  void takesUpARunWhateverTheRepositoryKeptOfIt(String damage) {
    FakeStages first =
        new FakeStages(List.of(FakeStages.splits("visits", 4)))
            .failing(
                "read visits-2",
                ProblemException.of(Category.STALE, "X", Place.of("a.csv"), "changed", ""));
    assertThatThrownBy(() -> run(1, first)).isInstanceOf(ProblemException.class);
    assertThat(DATABASE.execute(damage)).isPositive();
    FakeStages second = first.next();

    assertThat(run(1, second)).isEqualTo(PUBLISHED);

    assertThat(second.calls("finish").size() + first.calls("finish").size()).isEqualTo(4);
    assertThat(second.calls()).endsWith("end 0", "parts", "seal", "publish");
  }

  @Test
  void triesAgainWhenTheRepositoryRefuses() {
    DATABASE.execute("ALTER TABLE BATCH_JOB_INSTANCE RENAME TO AWAY");
    FakeStages stages = new FakeStages(List.of(FakeStages.splits("visits", 1)));
    try {
      assertThatThrownBy(() -> run(1, stages))
          .isInstanceOf(ProblemException.class)
          .hasNoCause()
          .hasMessage(
              "job repository: error JOB_DATABASE the job repository refused the run:"
                  + " BadSqlGrammarException; check free space and permissions of the state folder,"
                  + " then resume the run")
          .extracting(failure -> ((ProblemException) failure).category())
          .as("no other try makes the table")
          .isEqualTo(Category.RUN_FAILED);
    } finally {
      DATABASE.execute("ALTER TABLE AWAY RENAME TO BATCH_JOB_INSTANCE");
    }
    assertThat(stages.calls()).isEmpty();
    assertThat(run(1, stages)).isEqualTo(PUBLISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decide",
        "piece",
        "earlier visits-0",
        "begin visits-0",
        "read visits-0",
        "extract visits-0",
        "write visits-0",
        "finish visits-0",
        "close visits-0",
        "end 0",
        "parts",
        "seal",
        "publish"
      })
  void writesToTablesAndLogNothingThatAForeignExceptionQuotes(String call) {
    for (Throwable foreign : foreign()) {
      FakeStages stages =
          new FakeStages(List.of(FakeStages.splits("visits", 1)))
              .at(call, any -> BatchEngineTest.<RuntimeException>sneak(foreign));
      String another = "run-" + UUID.randomUUID();

      Throwable out = catchThrowable(() -> engine(1).run(another, stages, stop));

      assertThat(written()).doesNotContain(CANARY);
      if (out != null) {
        assertThat(out).isInstanceOf(ProblemException.class).hasNoCause();
        assertThat(out.getMessage())
            .doesNotContain(CANARY)
            .contains(
                foreign instanceof LinkageError
                    ? "error NOT_LOADED a library of the program cannot be loaded"
                    : "error INTERNAL an unexpected " + foreign.getClass().getSimpleName());
      } else {
        assertThat(call).isEqualTo("close visits-0");
      }
    }
  }

  private static List<Throwable> foreign() {
    Throwable nested = new IllegalStateException("outer", new NumberFormatException(CANARY));
    nested.addSuppressed(new IllegalArgumentException(CANARY));
    return List.of(
        new NumberFormatException("For input string: " + CANARY),
        nested,
        new AssertionError(CANARY),
        new StackOverflowError(CANARY),
        new ExceptionInInitializerError(CANARY));
  }

  @SuppressWarnings("unchecked") // throws what the compiler does not see, as foreign code may
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  /** All that the job repository and the log contain by now. */
  private static String written() {
    Stream<String> tables =
        Stream.of(
                "BATCH_JOB_INSTANCE",
                "BATCH_JOB_EXECUTION",
                "BATCH_JOB_EXECUTION_PARAMS",
                "BATCH_JOB_EXECUTION_CONTEXT",
                "BATCH_STEP_EXECUTION",
                "BATCH_STEP_EXECUTION_CONTEXT")
            .flatMap(table -> DATABASE.rows(table).stream());
    List<String> log = List.copyOf(LOG.lines);
    return Stream.concat(tables, log.stream()).collect(Collectors.joining("\n"));
  }

  @Test
  void hearsTheLogItWatchesForCanaries() {
    LoggerFactory.getLogger("org.springframework.batch.core")
        .warn("heard", new IllegalStateException("stack too"));

    assertThat(written()).contains("heard", "stack too");
  }

  private String run(int threads, FakeStages stages) {
    return outcome(engine(threads).run(run, stages, stop));
  }

  private static String outcome(Optional<Publication> publication) {
    return publication.map(result -> result.state().name()).orElse(STOPPED);
  }

  private static BatchEngine engine(int threads) {
    SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("split-");
    workers.setConcurrencyLimit(threads);
    return new BatchEngine(
        CONTEXT.getBean(JobRepository.class),
        CONTEXT.getBean(JobOperator.class),
        CONTEXT.getBean(PlatformTransactionManager.class),
        workers);
  }

  private JobExecution lastExecution() {
    return lastExecution(1);
  }

  private JobExecution lastExecution(long attempt) {
    JobExecution last =
        CONTEXT.getBean(JobRepository.class).getLastJobExecution(ExportJob.NAME, attempt(attempt));
    return Objects.requireNonNull(last);
  }

  private JobParameters attempt(long attempt) {
    return new JobParametersBuilder()
        .addString("run", run)
        .addLong("attempt", attempt)
        .toJobParameters();
  }
}
