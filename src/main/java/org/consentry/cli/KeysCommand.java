package org.consentry.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.keys.BackupKey;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes and shows keys; prints fingerprints, never keys. */
@Command(
    name = "keys",
    description = "Makes keys and shows their fingerprints, never the keys.",
    mixinStandardHelpOptions = true,
    subcommands = {KeysCommand.New.class, KeysCommand.Show.class})
final class KeysCommand {

  /** Kinds of keys. */
  enum Kind {
    study,
    signing,
    /** Opens backups; a key of age. */
    backup
  }

  /** Makes a key. */
  @Command(
      name = "new",
      description = "Makes a key in a new file that only you can read.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.study;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to make.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      Path target = file.toAbsolutePath();
      String fingerprint =
          switch (kind) {
            case study -> {
              StudyKey key = StudyKey.generate();
              key.writeNew(target);
              yield key.fingerprint();
            }
            case signing -> {
              SigningKey key = SigningKey.generate();
              key.writeNew(target);
              yield key.publicKey().fingerprint();
            }
            case backup -> {
              BackupKey key = BackupKey.generate();
              key.writeNew(target);
              yield key.publicKey().text();
            }
          };
      return show(common.console(), kind, file, fingerprint);
    }
  }

  /** Shows a key's fingerprint. */
  @Command(
      name = "show",
      description = "Shows the fingerprint of a key, or the public key of a backup.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.study;

    @Parameters(index = "1", paramLabel = "FILE", description = "The key's file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      KeyReference reference = new KeyReference.InFile(file.toAbsolutePath());
      String fingerprint =
          switch (kind) {
            case study -> StudyKey.read(reference).fingerprint();
            case signing -> SigningKey.read(reference).publicKey().fingerprint();
            case backup -> BackupKey.read(reference).publicKey().text();
          };
      Console console = common.console();
      if (kind == Kind.signing) {
        console.line(SigningKey.read(reference).publicKey().line());
      }
      return show(console, kind, file, fingerprint);
    }
  }

  private static int show(Console console, Kind kind, Path file, String fingerprint) {
    console.line(kind + " key " + file + " " + fingerprint);
    String name = kind == Kind.backup ? "publicKey" : "fingerprint";
    console.result("key", Map.of("kind", kind.name(), "file", file.toString(), name, fingerprint));
    return 0;
  }
}
