package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.followup.Moments;
import org.consentry.keys.BackupKey;
import org.consentry.keys.KeyReference;
import org.consentry.ledger.BackupContent;
import org.consentry.ledger.BackupFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks or restores a backup. */
@Command(
    name = "restore",
    description = {
      "Checks a backup, or restores it into a new folder.",
      "Every byte is checked, and the ledger in it entry by entry.",
      "It is compared with the state folder, which is never changed."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "REFERENCE",
      required = true,
      description = "The key of the backup: file:, env: or exec:, as in a job.")
  private String key = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Purpose purpose = new Purpose();

  /** What is done. */
  private static final class Purpose {

    @Option(names = "--check", description = "Reads everything and writes nothing.")
    private boolean check;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "A new or empty folder; gets the folders state and keys.")
    private @Nullable Path folder;
  }

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.anyState();
    BackupKey opener = BackupKey.read(reference());
    BackupFile backup = new BackupFile(file);
    Path folder = purpose.check ? null : purpose.folder;
    BackupContent content =
        folder == null
            ? backup.check(opener)
            : backup.restore(opener, folder, OperatorName.name(), Instant::now);
    BackupLines lines = new BackupLines(console, Moments.of(state));
    lines.missingKeys(content);
    compare(lines, content, state, console);
    console.line((folder == null ? "whole     " : "restored  ") + file);
    lines.content(content);
    if (folder != null) {
      next(console, folder, content);
    }
    Map<String, Object> fields = new LinkedHashMap<>(lines.fields(content));
    fields.put("file", file.toString());
    fields.put("restoredTo", Optional.ofNullable(folder).map(Path::toString));
    console.result("restore", fields);
    return 0;
  }

  private KeyReference reference() {
    Problems problems = new Problems();
    return KeyReference.parse(key, Path.of(""), Place.of("--key"), problems)
        .orElseThrow(() -> new ProblemException(Category.USAGE, problems.list()));
  }

  private static void compare(
      BackupLines lines, BackupContent content, StateFolder state, Console console) {
    if (!Ledger.isThere(state)) {
      console.line("there is no state folder here to compare with: " + state.home());
      return;
    }
    try {
      List<LedgerEntry> present = Ledger.read(state).entries();
      lines.relation(content, present, Place.name(state.home()));
    } catch (ProblemException damaged) {
      console.problem(
          Problem.warning(
              "STATE_UNREADABLE",
              Place.of(Place.name(state.home())),
              "the backup cannot be compared with the state folder, whose ledger cannot be read",
              "consentry ledger verify reports why"));
    }
  }

  private static void next(Console console, Path folder, BackupContent content) {
    Path home = folder.resolve("state");
    for (int i = 0; i < content.keyFolders().size(); i++) {
      console.line(
          "next      copy "
              + folder.resolve(i == 0 ? "keys" : "keys-" + (i + 1))
              + " to "
              + content.keyFolders().get(i)
              + ", where jobs look for the keys");
    }
    console.line("next      consentry doctor --home " + CommonOptions.quoted(home.toString()));
    console.line(
        "next      export CONSENTRY_HOME="
            + CommonOptions.quoted(home.toAbsolutePath().normalize().toString())
            + ", or move the folder to "
            + content.home());
    console.line(
        "next      make sure that the consent lines have every denial and withdrawal, then once for"
            + " each study: consentry run --accept-missing-restrictions REASON JOB");
  }
}
