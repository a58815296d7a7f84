package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.export.SignersFile;
import org.consentry.export.StateSession;
import org.consentry.followup.Moments;
import org.consentry.keys.BackupPublicKey;
import org.consentry.ledger.Backup;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.consentry.release.LedgerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an encrypted backup of the state folder and the keys. */
@Command(
    name = "backup",
    description = {
      "Makes one encrypted file of the state folder and the keys.",
      "It opens with the key whose public key is named here.",
      "Make that once by consentry keys new backup, and store it elsewhere.",
      "The file is one of age, and what it contains is a zip file."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  private static final Path USUAL_KEYS = Path.of("keys");

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.")
  private Path file = Path.of("");

  @Option(
      names = "--public-key",
      paramLabel = "KEY",
      required = true,
      description = "A public key of age, age1...; may be repeated.")
  private List<String> publicKeys = new ArrayList<>();

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "The folder of keys; may be repeated; default: keys, if it is there.")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--without-keys",
      description = "Accepts that keys of studies are in none of the folders.")
  private boolean withoutKeys;

  @Override
  public Integer call() {
    List<BackupPublicKey> openers =
        publicKeys.stream()
            .map(key -> BackupPublicKey.parse(key, Place.of("--public-key")))
            .toList();
    StateFolder state = common.state();
    Console console = common.console();
    Backup.Made made;
    try (StateSession session = Sessions.look(state, console)) {
      requireIntact(session);
      made =
          new Backup(
                  state,
                  folders(),
                  openers,
                  withoutKeys ? Backup.MissingKeys.ACCEPT : Backup.MissingKeys.REFUSE,
                  Version.text(),
                  Instant.now())
              .write(file);
    }
    BackupLines lines = new BackupLines(console, Moments.of(state));
    lines.missingKeys(made.content());
    console.line("backup " + file + ", " + CountWords.of(made.size(), "byte"));
    console.line("sha256 " + made.sha256());
    lines.content(made.content());
    openers.forEach(key -> console.line("opens with the key of " + key));
    Map<String, Object> fields = new LinkedHashMap<>(lines.fields(made.content()));
    fields.put("file", file.toString());
    fields.put("fileBytes", made.size());
    fields.put("sha256", made.sha256());
    console.result("backup", fields);
    return 0;
  }

  /** A backup of a damaged state would replace a good one in time. */
  private static void requireIntact(StateSession session) {
    Problems findings = new Problems();
    findings.addAll(
        LedgerCheck.of(
                session.ledger(),
                session.state(),
                SignersFile.trusted(session.state()),
                LedgerCheck.Extent.FULL,
                List.of())
            .findings());
    findings.throwIfAny(Category.VERIFY);
  }

  private List<Path> folders() {
    boolean isUsual = keys.isEmpty() && !withoutKeys && Files.isDirectory(USUAL_KEYS);
    return isUsual ? List.of(USUAL_KEYS) : keys;
  }
}
