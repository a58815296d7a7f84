package org.consentry.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.SignersFile;
import org.consentry.export.StateSession;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.ReviewCopy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a staged release for its approvers. The ledger records the copy. */
@Command(
    name = "review",
    description = {
      "Copies a staged release for the people who approve it.",
      "It has the pages, the bytes to sign and the commands that sign.",
      "The ledger records the copy and who asked."
    },
    mixinStandardHelpOptions = true)
final class ReviewCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private RunParameter run = new RunParameter();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "A new or empty folder, made for its owner only.")
  private Path folder = Path.of("");

  @Option(names = "--with-data", description = "Copies the released tables too.")
  private boolean withData;

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    RunRecord record = run.findStaged(state);
    requireOutside(record);
    ReviewCopy.requireFree(folder);
    LedgerFact.Data data = withData ? LedgerFact.Data.INCLUDED : LedgerFact.Data.LEFT_OUT;
    try (StateSession session = Sessions.open(state, console)) {
      clock.accept(session);
      session.requireClock();
      Staging staging = Staging.of(Path.of(record.output()), record.run());
      byte[] manifest = ApprovedRelease.manifest(staging);
      Approvals approvals =
          new Approvals(session.ledger(), SignersFile.approvers(state), session::instant);
      LedgerEntry staged = approvals.staged(record.run());
      String absolute = folder.toAbsolutePath().normalize().toString();
      Optional<Problem> doubt = FigureBook.notCompared(session.memberships(), staged.study());
      new ReviewCopy(staged, approvals.status(staged, manifest), staging, data, doubt)
          .write(
              folder,
              manifest,
              () ->
                  session
                      .ledger()
                      .append(
                          session.instant(),
                          LedgerEvent.reviewed(staged, session.operator(), data, absolute)));
    }
    ReviewCopy.next(folder, run.id()).forEach(console::line);
    console.result(
        "reviewCopy", Map.of("run", run.id(), "folder", folder.toString(), "data", data.name()));
    return 0;
  }

  /** A copy among the releases would be taken for one. */
  private void requireOutside(RunRecord record) {
    Path output = Path.of(record.output()).toAbsolutePath().normalize();
    if (folder.toAbsolutePath().normalize().startsWith(output)) {
      throw ProblemException.of(
          Category.USAGE,
          "REVIEW_FOLDER",
          Place.of(folder),
          "the folder is inside the folder of the releases, " + Place.name(output),
          "name a folder elsewhere");
    }
  }
}
