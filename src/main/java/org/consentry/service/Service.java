package org.consentry.service;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.notice.Outbox;
import org.consentry.service.page.DueJob;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The service at work. Closing it ends it. */
public final class Service implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_METRICS = Duration.ofMinutes(1);
  private static final Duration BETWEEN_NOTICES = Duration.ofSeconds(5);

  private final RunLock lock;
  private final ConfigurableApplicationContext context;
  private final Timetable timetable;
  private final TimetableDatabase database;
  private final ScheduledExecutorService looks;
  private final Metrics metrics;

  private Service(
      RunLock lock,
      ConfigurableApplicationContext context,
      Timetable timetable,
      TimetableDatabase database,
      ScheduledExecutorService looks,
      Metrics metrics) {
    this.lock = lock;
    this.context = context;
    this.timetable = timetable;
    this.database = database;
    this.looks = looks;
    this.metrics = metrics;
  }

  /**
   * What a service works with.
   *
   * @param state the state folder, with the settings
   * @param operator the owner of this process, as the operating system names the person
   * @param jobs the folder of the job files, absolute
   * @param program the words that start a command of the program
   * @param shared the database that a person set for the job repository; empty when it is embedded
   * @param problems receives what goes wrong while it is at work
   */
  public record Setup(
      StateFolder state,
      String operator,
      Path jobs,
      List<String> program,
      Optional<SharedDatabase> shared,
      Consumer<Problem> problems) {

    public Setup {
      program = List.copyOf(program);
    }
  }

  /**
   * Starts it. Several services may be at work on a state folder when all of them share a database
   * and a folder of jobs.
   *
   * @throws ProblemException category FILES_INVALID when the settings are wrong, LOCKED when
   *     another service is at work, TEMPORARY when the shared database does not answer, RUN_FAILED
   *     when it cannot listen
   */
  public static Service start(Setup setup) {
    ServiceSettings settings = ServiceSettings.read(setup.state());
    settings.metrics().file().ifPresent(MetricsFile::require);
    ServiceFolder folder = new ServiceFolder(setup.state());
    folder.prepare();
    RunLock lock =
        ServiceLock.take(folder, setup.jobs(), setup.shared().filter(SharedDatabase::isSupported));
    try {
      return start(setup, settings, folder, lock);
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private static Service start(
      Setup setup, ServiceSettings settings, ServiceFolder folder, RunLock lock) {
    JobBook book = new JobBook(folder.state(), setup.jobs());
    Commands commands = new Commands(setup.program(), folder.state().home(), folder.printed());
    JobWork work = new JobWork(folder, commands, new History(folder.history()), Instant::now);
    TimetableDatabase database = TimetableDatabase.open(folder, setup.shared());
    try {
      Timetable timetable = new Timetable(database, name(), book, work, commands, Instant::now);
      Schedules schedules = new Schedules(folder, setup.jobs(), book);
      StateReader reader = new StateReader(folder.state(), Instant::now);
      Metrics metrics = new Metrics(reader);
      ConfigurableApplicationContext context =
          web(settings, folder, setup, schedules, commands, reader, metrics);
      ScheduledExecutorService looks = Executors.newScheduledThreadPool(3);
      Requests requests = new Requests(folder);
      Look files =
          new Look(
              "bring the timetable in line with the job files",
              () -> timetable.update(requests),
              setup.problems());
      files.now();
      look(looks, BETWEEN_LOOKS, files);
      settings
          .metrics()
          .file()
          .ifPresent(file -> look(looks, BETWEEN_METRICS, metrics(setup, metrics, file)));
      if (!settings.channels().isEmpty()) {
        look(looks, BETWEEN_NOTICES, notices(setup, settings, folder, schedules, book));
      }
      timetable.start();
      return new Service(lock, context, timetable, database, looks, metrics);
    } catch (RuntimeException | Error failed) {
      database.close();
      throw failed;
    }
  }

  private static void look(ScheduledExecutorService looks, Duration between, Look look) {
    ScheduledFuture<?> unused =
        looks.scheduleWithFixedDelay(look::now, 0, between.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Look metrics(Setup setup, Metrics metrics, MetricsFile file) {
    return new Look("write metrics", () -> file.write(metrics.ofState()), setup.problems());
  }

  private static Look notices(
      Setup setup,
      ServiceSettings settings,
      ServiceFolder folder,
      Schedules schedules,
      JobBook book) {
    StateReader reader = new StateReader(folder.state(), Instant::now);
    FilePages files = files(reader, setup.jobs(), List::of);
    DueNotices due =
        new DueNotices(
            reader,
            () -> files.calendar().deadlines(),
            schedules::history,
            () -> List.copyOf(book.jobs().values()));
    Outbox outbox = new Outbox(folder.home(), settings.channels(), Instant::now, setup.problems());
    return new Look("send notices", () -> outbox.send(due::find), setup.problems());
  }

  /** A name that no other service has, of at most 50 characters. */
  private static String name() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random);
  }

  private static ConfigurableApplicationContext web(
      ServiceSettings settings,
      ServiceFolder folder,
      Setup setup,
      Schedules schedules,
      Commands commands,
      StateReader reader,
      Metrics metrics) {
    SpringApplication application = new SpringApplication(WebWiring.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setEnvironment(only(properties(settings)));
    application.addInitializers(
        made -> {
          GenericApplicationContext beans = (GenericApplicationContext) made;
          beans.registerBean(ServiceSettings.class, () -> settings);
          beans.registerBean(StateFolder.class, folder::state);
          beans.registerBean(Schedules.class, () -> schedules);
          beans.registerBean(Commands.class, () -> commands);
          beans.registerBean(
              ServiceAudit.class, () -> new ServiceAudit(folder.audit(), Instant::now));
          beans.registerBean(StateReader.class, () -> reader);
          beans.registerBean(Metrics.class, () -> metrics);
          pages(beans, reader, setup, new DueJobs(schedules), commands);
        });
    try {
      return application.run();
    } catch (WebServerException cannotListen) {
      throw ProblemException.of(
          Category.RUN_FAILED,
          "SERVICE_ADDRESS",
          Place.of(folder.state().properties()),
          "the service cannot listen on its address and port, or cannot use its certificate",
          "name a free port by server.port, an address of this machine by server.address, and files"
              + " that can be read by spring.ssl.bundle");
    } catch (RuntimeException failed) {
      OutOfMemory.endIfItIs(failed);
      throw failed;
    }
  }

  private static void pages(
      GenericApplicationContext beans,
      StateReader reader,
      Setup setup,
      DueJobs due,
      Commands commands) {
    StateFolder state = reader.state();
    String operator = setup.operator();
    beans.registerBean(
        RunPages.class, () -> new RunPages(reader, due::scheduled, commands::runAtWork));
    beans.registerBean(ReleasePages.class, () -> new ReleasePages(reader));
    beans.registerBean(FilePages.class, () -> files(reader, setup.jobs(), due::all));
    beans.registerBean(Approving.class, () -> new Approving(state, operator, Instant::now));
    beans.registerBean(Asking.class, () -> new Asking(state, operator, Instant::now));
  }

  private static FilePages files(StateReader reader, Path jobs, Supplier<List<DueJob>> schedules) {
    return new FilePages(reader, List.of(jobs, jobs.resolveSibling("mappings")), schedules);
  }

  /**
   * What was checked is all that counts: no property of the system and no variable of the
   * environment can name another address or switch encryption off.
   */
  private static ConfigurableEnvironment only(Map<String, Object> properties) {
    StandardEnvironment environment =
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {}
        };
    environment.getPropertySources().addFirst(new MapPropertySource("settings", properties));
    return environment;
  }

  private static Map<String, Object> properties(ServiceSettings settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("spring.config.location", "optional:classpath:/");
    properties.put("spring.main.lazy-initialization", true);
    properties.put("spring.jmx.enabled", false);
    properties.put("spring.web.resources.add-mappings", false);
    properties.put("spring.servlet.multipart.max-file-size", "64KB");
    properties.put("spring.servlet.multipart.max-request-size", "96KB");
    properties.put("spring.servlet.multipart.file-size-threshold", "96KB");
    properties.put("server.address", settings.address());
    properties.put("server.port", settings.port());
    properties.put("server.tomcat.threads.max", 20);
    properties.put("server.tomcat.threads.min-spare", 2);
    properties.put("server.tomcat.connection-timeout", "10s");
    properties.put("server.tomcat.max-http-form-post-size", "64KB");
    properties.put("server.tomcat.max-swallow-size", "256KB");
    properties.put("server.servlet.session.timeout", settings.idleMinutes() + "m");
    properties.put("server.servlet.session.tracking-modes", "cookie");
    properties.put("server.servlet.session.cookie.name", "consentry");
    properties.put("server.servlet.session.cookie.http-only", true);
    properties.put("server.servlet.session.cookie.same-site", "strict");
    properties.put("server.servlet.session.cookie.secure", settings.isEncrypted());
    settings.tls().ifPresent(name -> properties.put("server.ssl.bundle", name));
    if (!settings.proxies().isEmpty()) {
      properties.put("server.forward-headers-strategy", "native");
      properties.put(
          "server.tomcat.remoteip.internal-proxies",
          settings.proxies().stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }
    properties.putAll(settings.others());
    return properties;
  }

  /** The port that it listens on. */
  public int port() {
    WebServer server = ((WebServerApplicationContext) context).getWebServer();
    if (server == null) {
      throw new IllegalStateException("the service has ended");
    }
    return server.getPort();
  }

  /** Lets the command at work stop, and ends. */
  @Override
  public void close() {
    looks.shutdownNow();
    timetable.close();
    context.close();
    metrics.close();
    database.close();
    lock.close();
  }
}
