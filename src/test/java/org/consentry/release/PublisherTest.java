package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a process dies during publication, ledger and folders agree after the next start. */
class PublisherTest {

  private static final Instant MOMENT = Instant.parse("2026-11-23T10:11:12.345Z");
  private static final String RUN = "job-20261123-r1";
  private static final String MANIFEST = "{\"release\":1}";

  @TempDir Path output = Path.of("");

  @TempDir Path home = Path.of("");

  private StateFolder state = new StateFolder(Path.of(""));
  private Ledger ledger;
  private Staging staging = new Staging(Path.of(""));
  private Path target = Path.of("");

  /** The end of a process. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void stage() {
    state = new StateFolder(home);
    state.prepare();
    ledger = Ledger.open(state, () -> Instant.EPOCH);
    staging = Staging.of(output, RUN);
    target = output.resolve("job/2026-11-23-r1");
    staging.prepare();
    Path file = staging.release().resolve("data/visits/part-00000.csv");
    staging.folderFor(file);
    write(file, "a,b\n");
    write(staging.release().resolve("manifest.json"), MANIFEST);
  }

  @Test
  void preparesBeforeTheRenameAndPublishesAfterIt() throws Exception {
    publisher(step -> {}).publish(staging, publication());

    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
    assertThat(target.resolve("data/visits/part-00000.csv")).hasContent("a,b\n");
    assertThat(staging.release()).doesNotExist();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(MANIFEST.getBytes(StandardCharsets.UTF_8));
    assertThat(ledger.entries().get(1).facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                LedgerFact.RECIPIENT, "uni-x",
                LedgerFact.PREPARED_AT, "2026-11-23T12:00:00Z",
                LedgerFact.TARGET, target.toString(),
                LedgerFact.STAGED, staging.release().toString(),
                LedgerFact.MANIFEST_SHA256, HexFormat.of().formatHex(digest)));
    assertThat(
            publisher(step -> {}).publication(RUN).flatMap(entry -> entry.fact(LedgerFact.TARGET)))
        .contains(target.toString());
  }

  @Test
  void givesEveryFileAndFolderOneTimeStamp() throws IOException {
    publisher(step -> {}).publish(staging, publication());

    try (Stream<Path> walk = Files.walk(target)) {
      for (Path each : walk.toList()) {
        assertThat(Files.getLastModifiedTime(each).toInstant())
            .as(each.toString())
            .isEqualTo("2026-11-23T10:11:12Z");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PREPARE, '', staged",
    "FLUSH, 'PREPARED NOT_PUBLISHED', staged",
    "RENAME, 'PREPARED NOT_PUBLISHED', staged",
    "FLUSH_FOLDER, 'PREPARED PUBLISHED', released",
    "PUBLISH, 'PREPARED PUBLISHED', released"
  })
  void isSettledAtTheNextStartAfterAKillBefore(Step step, String entries, String place) {
    assertThatThrownBy(() -> publisher(killAt(step)).publish(staging, publication()))
        .isInstanceOf(Killed.class);

    publisher(any -> {}).reconcile();
    publisher(any -> {}).reconcile();

    assertThat(String.join(" ", kinds().stream().map(Enum::name).toList())).isEqualTo(entries);
    assertThat(Files.exists(staging.release())).isEqualTo(place.equals("staged"));
    assertThat(Files.exists(target)).isEqualTo(place.equals("released"));
    assertThat(Ledger.read(state).entries()).isEqualTo(ledger.entries());
  }

  @ParameterizedTest
  @EnumSource(names = {"PREPARE", "FLUSH", "RENAME"})
  void letsTheRunOutOnceAfterAKillBefore(Step step) {
    assertThatThrownBy(() -> publisher(killAt(step)).publish(staging, publication()))
        .isInstanceOf(Killed.class);
    publisher(any -> {}).reconcile();

    publisher(any -> {}).publish(staging, publication());

    assertThat(kinds()).endsWith(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
    assertThat(kinds()).containsOnlyOnce(LedgerEntry.Kind.PUBLISHED);
    assertThat(target.resolve("manifest.json")).hasContent(MANIFEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "file", "dangling link"})
  void refusesATargetThatExists(String what) throws IOException {
    Files.createDirectories(output.resolve("job"));
    switch (what) {
      case "folder" -> Files.createDirectory(target);
      case "file" -> write(target, "ours");
      default -> Files.createSymbolicLink(target, Path.of("nowhere"));
    }

    assertThatThrownBy(() -> publisher(step -> {}).publish(staging, publication()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            target
                + ": error TARGET_EXISTS the release folder exists already;"
                + " move it away if it is not a release of ours, then resume")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);
    assertThat(ledger.entries()).isEmpty();
    assertThat(staging.release()).exists();
  }

  @Test
  void reportsNotPublishedWhenTheDiskRefusesTheFolder() {
    write(output.resolve("job"), "a file where the folder should be");

    assertThatThrownBy(() -> publisher(step -> {}).publish(staging, publication()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            target
                + ": error PUBLISH the release cannot be moved to its place;"
                + " check free space and permissions of the output folder, then resume")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.NOT_PUBLISHED);
    assertThat(staging.release()).exists();
  }

  @Test
  void overwritesNothingThatAppearsBeforeTheRename() {
    Consumer<Step> intruder =
        step -> {
          if (step == Step.RENAME) {
            write(target.resolve("theirs"), "x");
          }
        };

    assertThatThrownBy(() -> publisher(intruder).publish(staging, publication()))
        .isInstanceOf(ProblemException.class);
    assertThat(target.resolve("theirs")).hasContent("x");
    assertThat(target.resolve("manifest.json")).doesNotExist();
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.NOT_PUBLISHED);
  }

  @Test
  void callsOutWhatIsOutEvenWhenTheDiskDoesNotConfirmIt() {
    Consumer<Step> brokenDisk =
        step -> {
          if (step == Step.FLUSH_FOLDER) {
            delete(staging.folder());
          }
        };

    publisher(brokenDisk).publish(staging, publication());

    assertThat(target).exists();
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
  }

  @Test
  void settlesAReleaseWhoseLastEntryCouldNotBeWritten() {
    LedgerForger forger = new LedgerForger(state);
    Consumer<Step> diskFull =
        step -> {
          if (step == Step.PUBLISH) {
            forger.refuseEntries();
          }
        };
    assertThatThrownBy(() -> publisher(diskFull).publish(staging, publication()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            target
                + ": error LEDGER the release is published, but its ledger entry could not be"
                + " written; check free space and permissions of the state folder; the next start"
                + " completes the ledger");
    forger.acceptEntries();

    publisher(step -> {}).reconcile();

    assertThat(target).exists();
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
  }

  @Test
  void countsAsOutWhatLeftStagingWhereverItWentSince() throws IOException {
    assertThatThrownBy(() -> publisher(killAt(Step.PUBLISH)).publish(staging, publication()))
        .isInstanceOf(Killed.class);
    Files.move(target, output.resolve("sent-by-hand"));

    publisher(step -> {}).reconcile();

    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
  }

  @Test
  void datesADisclosureToTheDayOfPublicationAndNotToTheNextStart() {
    assertThatThrownBy(() -> publisher(killAt(Step.PUBLISH)).publish(staging, publication()))
        .isInstanceOf(Killed.class);

    new Publisher(ledger, () -> Instant.parse("2026-12-24T12:00:00Z")).reconcile();

    LedgerEntry published = ledger.entries().get(1);
    assertThat(published.at()).isEqualTo("2026-12-24T12:00:00Z");
    assertThat(published.disclosedAt()).isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void believesTheDiskWhenItRefusesARenameThatItMade() {
    Consumer<Step> unsure =
        step -> {
          if (step == Step.RENAME) {
            move(staging.release(), target);
          }
        };

    publisher(unsure).publish(staging, publication());

    assertThat(target.resolve("manifest.json")).hasContent(MANIFEST);
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.PUBLISHED);
  }

  @Test
  void decidesNothingOfAReleaseWhoseVolumeIsAway() {
    assertThatThrownBy(() -> publisher(killAt(Step.RENAME)).publish(staging, publication()))
        .isInstanceOf(Killed.class);
    Path away = output.resolveSibling(output.getFileName() + "-away");
    move(output, away);

    assertThatThrownBy(() -> publisher(step -> {}).reconcile())
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            target
                + ": error OUTPUT_AWAY whether this release was published is unknown: neither it"
                + " nor its staging area is there; mount the output folder, then try again; if it"
                + " was removed, make "
                + output.resolve(".staging")
                + " again: the release then counts as published")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.TEMPORARY);
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED);

    move(away, output);
    publisher(step -> {}).reconcile();
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.PREPARED, LedgerEntry.Kind.NOT_PUBLISHED);
  }

  @Test
  void letsNothingOutWithoutAManifest() {
    delete(staging.release().resolve("manifest.json"));

    assertThatThrownBy(() -> publisher(step -> {}).publish(staging, publication()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            staging.release().resolve("manifest.json")
                + ": error MANIFEST the manifest cannot be read; resume the run");
    assertThat(ledger.entries()).isEmpty();
    assertThat(target).doesNotExist();
  }

  private Publisher publisher(Consumer<Step> listener) {
    return new Publisher(ledger, () -> Instant.parse("2026-11-23T12:00:00Z"), listener);
  }

  private static Consumer<Step> killAt(Step step) {
    return at -> {
      if (at == step) {
        throw new Killed();
      }
    };
  }

  private Publisher.Publication publication() {
    return new Publisher.Publication(
        RUN, "job", "IRB-1", target, MOMENT, Map.of(LedgerFact.RECIPIENT, "uni-x"));
  }

  private List<LedgerEntry.Kind> kinds() {
    return ledger.entries().stream().map(LedgerEntry::kind).toList();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path path) {
    try {
      DurableFiles.delete(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
