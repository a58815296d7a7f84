package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.connector.Sink;
import org.consentry.export.sort.SortedTable.Part;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part files in staging count only while their marker agrees with them. */
final class PartsTest {

  private static final Part PART = new Part(0, 0, 2);
  private static final List<String> NAMES = List.of("data/visits.csv");

  /** Of no file in these tests. */
  private static final PartFile FILE = new PartFile(2, 4, "0".repeat(64));

  @TempDir private Path root;

  private ExportPlan plan() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);
    return Planner.plan(
        clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate());
  }

  private Staging staging() {
    Staging staging = Staging.of(root.resolve("releases"), "run-1");
    staging.prepare();
    return staging;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void namesTheOnlyPartOfATableAfterTheTable() {
    ExportPlan plan = plan();
    Parts parts = new Parts(staging(), plan.sinks());

    assertThat(parts.names(plan.tables().get(1), 0, 1)).containsExactly("data/visits.csv");
    assertThat(parts.names(plan.tables().get(1), 7, 12))
        .containsExactly("data/visits/part-00007.csv");
  }

  @Test
  void makesRoomForAFileThatAnEarlierAttemptLeft() throws IOException {
    Staging staging = staging();
    Path left = staging.release().resolve("data/visits.csv");
    write(left, "half a pa");

    List<PartTarget> targets = new Parts(staging, plan().sinks()).targets(NAMES);

    assertThat(targets.stream().map(PartTarget::file)).containsExactly(left);
    assertThat(left).doesNotExist();
    assertThat(left.getParent()).isDirectory();
  }

  @Test
  void findsNoPartWhoseFileIsAnotherOne() throws IOException {
    Staging staging = staging();
    Parts parts = new Parts(staging, plan().sinks());
    write(staging.release().resolve("data/visits.csv"), "other rows");
    parts.store(new PartMarker("basis", "visits", PART, List.of(FILE)), NAMES);

    assertThat(parts.stored("basis", "visits", PART, NAMES)).isEmpty();
  }

  @Test
  void findsNoPartOfAnotherBasisOrWithoutItsFile() {
    Staging staging = staging();
    Parts parts = new Parts(staging, plan().sinks());
    staging.folderFor(staging.release().resolve("data/visits.csv"));
    parts.store(new PartMarker("basis", "visits", PART, List.of(FILE)), NAMES);

    assertThat(parts.stored("another basis", "visits", PART, NAMES)).isEmpty();
    assertThat(parts.stored("basis", "visits", PART, NAMES)).isEmpty();
  }

  @Test
  void removesFilesAndFoldersThatAreNotNamed() throws IOException {
    Staging staging = staging();
    Path data = staging.release().resolve("data");
    write(data.resolve("visits.csv"), "named");
    write(data.resolve("visits/part-00000.csv"), "not named");
    write(data.resolve("photos.csv"), "not named");

    new Parts(staging, plan().sinks()).removeOthers(Set.of("data/visits.csv"));

    assertThat(data).isDirectoryContaining(file -> file.endsWith("visits.csv"));
    assertThat(data.resolve("visits")).doesNotExist();
    assertThat(data.resolve("photos.csv")).doesNotExist();
  }

  @Test
  void findsTheCountOfAPartOnItsBasisAlone() throws IOException {
    Staging staging = staging();
    Parts parts = new Parts(staging, plan().sinks());
    byte[] count = {1, 2, 3};
    parts.storeCount("basis", "visits", PART, count);

    assertThat(parts.count("basis", "visits", PART)).contains(count);
    assertThat(parts.count("another basis", "visits", PART)).isEmpty();
    assertThat(parts.count("basis", "visits", new Part(1, 2, 4))).isEmpty();

    staging.keep("visits-0.count", new byte[] {7});
    assertThat(parts.count("basis", "visits", PART)).isEmpty();
  }

  @Test
  void removesBoundsOfRangesOnlyWhereNoOtherProcessMayUseThem() {
    Staging staging = staging();
    List<Sink> sinks = plan().sinks();
    staging.keep("visits.ranges", new byte[] {1});

    new Parts(staging.ofSeveral(), sinks).store().remove("visits.ranges");
    assertThat(staging.bytes("visits.ranges")).isPresent();

    new Parts(staging, sinks).store().remove("visits.ranges");
    assertThat(staging.bytes("visits.ranges")).isEmpty();
  }
}
