package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.consentry.benchmark.Origin.Records;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;

/**
 * What people who look at pages cost a run: the program alone and beside a service, in turn on the
 * same work. Each viewer asks for a page every five seconds, as a page does by itself. The service
 * works in the process that measures.
 *
 * @param name its name
 * @param work what is released
 * @param viewers how many people look
 */
record Viewed(String name, Work work, int viewers) implements Line {

  private static final long PAUSE_SECONDS = 5;
  private static final List<String> PAGES =
      List.of("/", "/runs", "/register", "/", "/calendar", "/ledger", "/");

  @Override
  public List<TableRow> run(Programs programs) throws IOException, InterruptedException {
    programs.prepare(work);
    Series alone = new Series();
    Series beside = new Series();
    Viewing viewing = new Viewing();
    for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
      alone.add(measure(programs, job(programs)));
      Path folder = job(programs);
      try (Site site = Site.start(folder, users())) {
        viewing.begin(site, viewers);
        try {
          beside.add(measure(programs, folder));
        } finally {
          viewing.end();
        }
      }
    }
    double more = beside.wall().median() / alone.wall().median() - 1;
    String found =
        String.format(
            Locale.ROOT,
            "%s s and %s s, %+.0f %%; %d pages, the slowest in %.2f s",
            alone.wall(),
            beside.wall(),
            100 * more,
            viewing.pages.get(),
            viewing.slowest.get() / 1e9);
    String title = work.title() + ", alone and beside " + viewers + " viewers";
    programs.print("%s: %s", title, found);
    return List.of(new TableRow(title, "", found));
  }

  private Path job(Programs programs) throws IOException {
    String mapping = Template.file("mapping.yaml", java.util.Map.of("tables", work.rules()));
    return programs.job(
        mapping, Records.csv(programs.clinic(work)), work.tables(), Format.PARQUET, "");
  }

  private Measured measure(Programs programs, Path folder)
      throws IOException, InterruptedException {
    return programs.consentry(
        folder, "job.yaml", work.javaOptions(), Format.PARQUET.word(), Starter.Watch.NOTHING);
  }

  /** A person has at most three sessions, so every viewer is a person. */
  private String[] users() {
    List<String> lines = new ArrayList<>();
    for (int viewer = 0; viewer < viewers; viewer++) {
      lines.addAll(Site.user("viewer" + viewer, Set.of(Role.VIEWER)));
    }
    return lines.toArray(String[]::new);
  }

  /** People who look at pages until they are asked to stop. */
  private static final class Viewing {

    private final AtomicLong pages = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final List<String> refused = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch stop = new CountDownLatch(1);

    void begin(Site site, int viewers) throws IOException, InterruptedException {
      stop = new CountDownLatch(1);
      for (int viewer = 0; viewer < viewers; viewer++) {
        Visitor visitor = site.visitor();
        visitor.signIn("viewer" + viewer, Site.PASSWORD);
        int first = viewer;
        threads.add(new Thread(() -> look(visitor, first), "viewer-" + viewer));
      }
      threads.forEach(Thread::start);
    }

    private void look(Visitor visitor, int first) {
      try {
        for (int page = first; !stop.await(PAUSE_SECONDS, TimeUnit.SECONDS); page++) {
          long begin = System.nanoTime();
          int status = visitor.get(PAGES.get(page % PAGES.size())).statusCode();
          slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
          pages.incrementAndGet();
          if (status != 200) {
            refuse(PAGES.get(page % PAGES.size()) + " " + status);
          }
        }
      } catch (IOException failed) {
        refuse(failed.getClass().getSimpleName());
      } catch (InterruptedException asked) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void refuse(String what) {
      refused.add(what);
    }

    /**
     * Stops.
     *
     * @throws IllegalStateException when a page did not come
     */
    void end() throws InterruptedException {
      stop.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      threads.clear();
      synchronized (this) {
        if (!refused.isEmpty()) {
          throw new IllegalStateException("pages that did not come: " + refused);
        }
      }
    }
  }
}
