package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.consentry.export.SignersFile;
import org.consentry.followup.Register;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.RegisterTable;
import org.consentry.followup.ReleaseCheck;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.LedgerCheck;
import org.consentry.release.ManifestView;
import org.consentry.release.Verification;
import org.consentry.service.StateReader.Snapshot;
import org.consentry.service.page.LedgerPage;
import org.consentry.service.page.Part;
import org.consentry.service.page.RegisterPage;
import org.consentry.service.page.ReleasePage;

/** Makes the pages about releases and the ledger. Safe for any number of threads. */
public final class ReleasePages {

  private static final int MOST_CHECKS = 10;

  private final StateReader reader;
  private final Deque<LedgerPage.Check> checks = new ArrayDeque<>();

  /** Pages of a state folder. */
  public ReleasePages(StateReader reader) {
    this.reader = reader;
  }

  /**
   * The register, or what of it was searched for.
   *
   * @param number of the part
   */
  public RegisterPage register(Register.Search search, int number) {
    Snapshot now = reader.snapshot();
    return RegisterPage.onServer(now.register(), search, reader.today(now), number);
  }

  /** The same as CSV, whole. */
  public byte[] csv(Register.Search search) {
    Snapshot now = reader.snapshot();
    return RegisterTable.csv(now.register().found(search), reader.today(now));
  }

  /**
   * One release, as it is stated. Its files are not read.
   *
   * @throws ProblemException category USAGE when there is none
   */
  public ReleasePage release(String job, String name) {
    return release(job, name, Optional.empty());
  }

  /**
   * The same with a verification that is made now; every file is read.
   *
   * @throws ProblemException category USAGE when there is none
   */
  public ReleasePage verified(String job, String name) {
    Disclosed one = reader.snapshot().register().named(job + "/" + name);
    return release(job, name, Optional.of(ReleaseCheck.own(folder(one), reader.state())));
  }

  private ReleasePage release(String job, String name, Optional<Verification> verification) {
    Snapshot now = reader.snapshot();
    Disclosed one = now.register().named(job + "/" + name);
    List<Problem> problems = new ArrayList<>();
    Optional<ManifestView> manifest = Optional.empty();
    try {
      manifest = Optional.of(manifest(one));
    } catch (ProblemException movedOrChanged) {
      problems.addAll(movedOrChanged.problems());
    }
    return page(now, reader.today(now), one, manifest, problems, verification);
  }

  private static ReleasePage page(
      Snapshot now,
      LocalDate today,
      Disclosed one,
      Optional<ManifestView> manifest,
      List<Problem> problems,
      Optional<Verification> verification) {
    return new ReleasePage(
        one.entry().job(),
        one.fact(LedgerFact.RELEASE),
        RegisterTable.object(one, today),
        one.fact(LedgerFact.RECIPIENT),
        manifest,
        problems,
        verification,
        ReleasePage.events(now.entries(one.entry().run()), now.moments()));
  }

  /**
   * The page of a release's manifest, HTML in UTF-8.
   *
   * @throws ProblemException category USAGE when there is no such release, VERIFY when its manifest
   *     is not there as the ledger names it
   */
  public byte[] manifestPage(String job, String name) {
    return manifest(reader.snapshot().register().named(job + "/" + name)).page();
  }

  private ManifestView manifest(Disclosed one) {
    return reader.manifest(folder(one), one.fact(LedgerFact.MANIFEST_SHA256));
  }

  private static Path folder(Disclosed one) {
    return Path.of(one.fact(LedgerFact.TARGET));
  }

  /**
   * The ledger.
   *
   * @param number of the part of its entries
   */
  public LedgerPage ledger(int number) {
    return ledger(reader.snapshot(), number, LedgerPage.SIZE, checks());
  }

  /** The ledger of a snapshot, with parts of a size. */
  static LedgerPage ledger(Snapshot now, int number, int size, List<LedgerPage.Check> checks) {
    List<LedgerEntry> entries =
        new ArrayList<>(now.ledger().map(Ledger::entries).orElse(List.of()));
    Collections.reverse(entries);
    Part part = Part.of(number, size, entries.size());
    Optional<LedgerEntry> head = entries.stream().findFirst();
    return new LedgerPage(
        entries.size(),
        head,
        head.map(entry -> now.moments().words(entry.at())).orElse(""),
        now.moments().words(now.at().truncatedTo(ChronoUnit.SECONDS)),
        checks,
        part.of(entries).stream()
            .map(entry -> LedgerPage.Line.of(entry, now.moments().words(entry.at())))
            .toList(),
        part);
  }

  private List<LedgerPage.Check> checks() {
    synchronized (checks) {
      return List.copyOf(checks);
    }
  }

  /**
   * Verifies the ledger with every manifest and every file of members, and remembers what was found
   * until this program ends. A run may write meanwhile, so findings are looked for twice.
   */
  public void verifyLedger() {
    Snapshot now = reader.snapshot();
    if (now.ledger().isEmpty()) {
      return;
    }
    Optional<LedgerPage.Check> first = Optional.of(check(now));
    LedgerPage.Check check =
        first.filter(one -> one.findings().isEmpty()).orElseGet(() -> check(now));
    synchronized (checks) {
      checks.addFirst(check);
      while (checks.size() > MOST_CHECKS) {
        checks.removeLast();
      }
    }
  }

  private LedgerPage.Check check(Snapshot now) {
    Instant at = reader.now();
    String words = now.moments().words(at.truncatedTo(ChronoUnit.SECONDS));
    try {
      Ledger ledger = Ledger.read(reader.state());
      LedgerCheck.Outcome outcome =
          LedgerCheck.of(
              ledger,
              reader.state(),
              SignersFile.trusted(reader.state()),
              LedgerCheck.Extent.FULL,
              List.of());
      return new LedgerPage.Check(
          words,
          "every entry, manifest and file of members",
          ledger.head().map(head -> head.number() + ", " + head.hash()).orElse("0"),
          outcome.signedHead(),
          outcome.manifests(),
          outcome.findings());
    } catch (ProblemException damaged) {
      return new LedgerPage.Check(words, "every entry", "none", 0, 0, damaged.problems());
    }
  }

  /** The page of a release as a file. */
  ReleasePage inFile(Snapshot now, Disclosed one, LocalDate today) {
    try {
      return page(now, today, one, Optional.of(manifest(one)), List.of(), Optional.empty());
    } catch (ProblemException movedOrChanged) {
      return page(now, today, one, Optional.empty(), movedOrChanged.problems(), Optional.empty());
    }
  }
}
