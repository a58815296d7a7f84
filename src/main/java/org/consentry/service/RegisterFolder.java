package org.consentry.service;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.export.PageFile;
import org.consentry.followup.Deadline;
import org.consentry.followup.Moments;
import org.consentry.followup.Register;
import org.consentry.followup.RegisterTable;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.consentry.service.StateReader.Snapshot;
import org.consentry.service.page.CalendarPage;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.PageModel;
import org.consentry.service.page.Pages;
import org.consentry.service.page.RegisterPage;

/**
 * The pages of the service as files, for people without a server: the register with a page for each
 * release and each recipient, the calendar and the ledger. Each file is whole in itself.
 */
public final class RegisterFolder {

  private static final int ENTRIES = 1_000;

  private final StateReader reader;
  private final Snapshot now;
  private final Path folder;
  private final LocalDate today;

  private RegisterFolder(StateReader reader, Snapshot now, Path folder, LocalDate today) {
    this.reader = reader;
    this.now = now;
    this.folder = folder;
    this.today = today;
  }

  /**
   * Writes the pages into a new folder.
   *
   * @param found the disclosures that are listed
   * @param selection which they are, a sentence
   * @throws ProblemException category USAGE when the folder is there, TEMPORARY when the disk
   *     refuses
   */
  public static void write(
      StateFolder state,
      Ledger ledger,
      Register found,
      String selection,
      LocalDate today,
      Path folder) {
    PageFile.requireNew(folder);
    StateReader reader = new StateReader(state, java.time.Instant::now);
    Snapshot now =
        new Snapshot(
            Optional.of(ledger), found, List.of(), Moments.of(state), java.time.Instant.now());
    new RegisterFolder(reader, now, folder, today).write(found, selection);
  }

  private void write(Register found, String selection) {
    register(found, selection, "", "index", "register.csv");
    PageFile.write(folder.resolve("register.csv"), RegisterTable.csv(found, today));
    byRecipient(found)
        .forEach(
            (id, theirs) -> {
              String name = Links.file(id);
              String words = "Everything that went to " + id + ".";
              register(new Register(theirs), words, "recipients/", name, name + ".csv");
              PageFile.write(
                  folder.resolve("recipients").resolve(name + ".csv"),
                  RegisterTable.csv(new Register(theirs), today));
            });
    ReleasePages pages = new ReleasePages(reader);
    for (Register.Disclosed one : found.disclosures()) {
      write(
          "releases/" + one.entry().job() + "/" + one.fact(LedgerFact.RELEASE) + ".html",
          2,
          pages.inFile(now, one, today));
    }
    List<String> notRead = new ArrayList<>();
    List<Deadline> deadlines = FilePages.ofState(reader, now, notRead);
    write("calendar.html", 0, new CalendarPage(Deadline.inOrder(deadlines), today, notRead));
    write("ledger.html", 0, ReleasePages.ledger(now, 1, ENTRIES, List.of()));
  }

  private static Map<String, List<Register.Disclosed>> byRecipient(Register found) {
    Map<String, List<Register.Disclosed>> all = new LinkedHashMap<>();
    for (Register.Disclosed one : found.disclosures()) {
      all.computeIfAbsent(one.fact(LedgerFact.RECIPIENT), id -> new ArrayList<>()).add(one);
    }
    return all;
  }

  /** All parts of a register, the first under the plain name. */
  private void register(Register found, String words, String below, String name, String csv) {
    int parts = RegisterPage.filePart(found, 1).parts();
    RegisterPage.PartLink others = number -> name + (number == 1 ? "" : "-" + number) + ".html";
    for (int number = 1; number <= parts; number++) {
      write(
          below + others.of(number),
          below.isEmpty() ? 0 : 1,
          RegisterPage.inFile(found, words, today, number, csv, others));
    }
  }

  private void write(String name, int depth, PageModel page) {
    PageFile.write(folder.resolve(name), Pages.render(Frame.ofFile(depth), page));
  }
}
