package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.service.page.DueJob;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The service at work. Closing it ends it. */
public final class Service implements AutoCloseable {

  private final RunLock lock;
  private final ConfigurableApplicationContext context;

  private Service(RunLock lock, ConfigurableApplicationContext context) {
    this.lock = lock;
    this.context = context;
  }

  /**
   * Starts it over a state folder, with the settings there.
   *
   * @param jobs the folder of the job files
   * @throws ProblemException category FILES_INVALID when the settings are wrong, LOCKED when
   *     another service is at work, RUN_FAILED when it cannot listen
   */
  public static Service start(StateFolder state, Path jobs) {
    ServiceSettings settings = ServiceSettings.read(state);
    ServiceFolder folder = new ServiceFolder(state);
    folder.prepare();
    RunLock lock = RunLock.takeService(state);
    try {
      return new Service(lock, web(settings, folder, jobs));
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private static ConfigurableApplicationContext web(
      ServiceSettings settings, ServiceFolder folder, Path jobs) {
    SpringApplication application = new SpringApplication(WebWiring.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(properties(settings));
    application.addInitializers(
        made -> {
          GenericApplicationContext beans = (GenericApplicationContext) made;
          beans.registerBean(ServiceSettings.class, () -> settings);
          beans.registerBean(
              ServiceAudit.class, () -> new ServiceAudit(folder.audit(), Instant::now));
          pages(beans, folder.state(), jobs);
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

  private static void pages(GenericApplicationContext beans, StateFolder state, Path jobs) {
    StateReader reader = new StateReader(state, Instant::now);
    Supplier<List<DueJob>> schedules = List::of;
    beans.registerBean(RunPages.class, () -> new RunPages(reader, schedules));
    beans.registerBean(ReleasePages.class, () -> new ReleasePages(reader));
    beans.registerBean(
        FilePages.class,
        () -> new FilePages(reader, List.of(jobs, jobs.resolveSibling("mappings")), schedules));
    beans.registerBean(Approving.class, () -> new Approving(state, Instant::now));
    beans.registerBean(Asking.class, () -> new Asking(state, Instant::now));
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

  /** Ends it. */
  @Override
  public void close() {
    try (lock) {
      context.close();
    }
  }
}
