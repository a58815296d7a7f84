package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.keys.BackupKey;
import org.consentry.keys.KeyReference;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Backup;
import org.consentry.ledger.BackupFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;
import org.consentry.release.LedgerCheck;
import org.consentry.release.PublishedReleases;
import org.consentry.release.ReviewCopy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages name files relative to the current folder, in their words and hints too. */
final class RelativePathsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private Path folder = Path.of("");
  private StateFolder state = new StateFolder(folder);

  /** A folder inside of the current one. */
  @BeforeEach
  void stateFolder() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(here("target")), "paths");
    state = new StateFolder(folder.resolve("state"));
    state.prepare();
  }

  @AfterEach
  void remove() throws IOException {
    DurableFiles.delete(folder);
  }

  private static Path here(String name) {
    return Path.of(name).toAbsolutePath();
  }

  /** What is refused with a message whose words or hint have a path. */
  private enum Refusal {
    OPEN_STATE {
      @Override
      void refuse(RelativePathsTest at) throws IOException {
        open(at.state.home());
        at.state.requireOwn();
      }
    },
    OPEN_FOLDER_OF_KEYS {
      @Override
      void refuse(RelativePathsTest at) throws IOException {
        Path key = at.folder.resolve("keys/study.key");
        StudyKey.generate().writeNew(key);
        open(DurableFiles.folderOf(key));
        StudyKey.read(new KeyReference.InFile(key));
      }
    },
    LOST_LEDGER {
      @Override
      void refuse(RelativePathsTest at) throws IOException {
        Files.writeString(at.state.runs().resolve("run"), "");
        Ledger.open(at.state, () -> NOON);
      }
    },
    LOST_MEMBERS {
      @Override
      void refuse(RelativePathsTest at) {
        Ledger ledger = Ledger.open(at.state, () -> NOON);
        ledger.append(
            NOON,
            new LedgerEvent(
                LedgerEntry.Kind.PUBLISHED,
                "run-1",
                "job",
                "S1",
                Map.of(LedgerFact.MEMBERSHIP_SHA256, "0".repeat(64))));
        LedgerCheck.require(ledger, at.state, Optional.empty());
      }
    },
    UNKNOWN_RELEASE {
      @Override
      void refuse(RelativePathsTest at) throws IOException {
        Path release = Files.createDirectories(at.folder.resolve("releases/job/r1"));
        Files.writeString(release.resolve("manifest.json"), "");
        Ledger ledger = Ledger.open(at.state, () -> NOON);
        PublishedReleases.requireKnown(
            ledger, at.state, at.folder.resolve("releases"), "job", "S1");
      }
    },
    BACKUP_FOLDER {
      @Override
      void refuse(RelativePathsTest at) {
        backup(at, at.folder.resolve("absent/a.age"));
      }
    },
    BACKUP_INSIDE {
      @Override
      void refuse(RelativePathsTest at) {
        backup(at, at.state.home().resolve("a.age"));
      }
    },
    RESTORE_FOLDER {
      @Override
      void refuse(RelativePathsTest at) {
        new BackupFile(at.folder.resolve("a.age"))
            .restore(BackupKey.generate(), at.folder.resolve("absent/b"), "ada", () -> NOON);
      }
    },
    REVIEW_FOLDER {
      @Override
      void refuse(RelativePathsTest at) {
        ReviewCopy.requireFree(at.folder.resolve("absent/copy"));
      }
    };

    abstract void refuse(RelativePathsTest at) throws IOException;

    private static void open(Path folder) throws IOException {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void backup(RelativePathsTest at, Path file) {
      new Backup(
              at.state,
              List.of(),
              List.of(BackupKey.generate().publicKey()),
              Backup.MissingKeys.REFUSE,
              "test",
              NOON)
          .write(file);
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void noMessageHasThePathOfTheCurrentFolder(Refusal refusal) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> refusal.refuse(this));

    assertThat(refused).isNotNull();
    assertThat(refused.getMessage())
        .contains("target/" + folder.getFileName())
        .doesNotContain(here("").toString());
  }
}
