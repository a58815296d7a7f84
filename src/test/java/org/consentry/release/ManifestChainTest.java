package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.data.Sha256;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest names the one before it, and no other can take its place. */
final class ManifestChainTest {

  private static final String EARLIER = "{\"an\":\"earlier manifest\"}";
  private static final String NOT_HERE =
      "follows release 2026-11-01-r1, which is not here, so the chain was not checked; give it"
          + " with --previous";

  @TempDir private Path releases;
  private final Problems problems = new Problems();
  private Path folder = Path.of("");

  @BeforeEach
  void place() {
    folder = releases.resolve("eyelids/2026-11-23-r2");
  }

  @Test
  void findsTheReleaseBeforeItBesideIt() throws IOException {
    earlier(releases.resolve("eyelids/2026-11-01-r1"), EARLIER);

    assertThat(check(Optional.empty(), follows("eyelids", "2026-11-01-r1")))
        .isEqualTo("follows release 2026-11-01-r1, whose manifest is the one named");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void findsTheReleaseOfAnotherJobBesideItsOwn() throws IOException {
    earlier(releases.resolve("noses/2026-11-01-r1"), EARLIER);

    assertThat(check(Optional.empty(), follows("noses", "2026-11-01-r1")))
        .isEqualTo("follows release 2026-11-01-r1, whose manifest is the one named");
  }

  @Test
  void findsTheReleaseBeforeItWhereTheCallerNamesIt() throws IOException {
    Path moved = releases.resolve("archive/one");
    earlier(moved, EARLIER);

    assertThat(check(Optional.of(moved), follows("eyelids", "2026-11-01-r1")))
        .isEqualTo("follows release 2026-11-01-r1, whose manifest is the one named");
  }

  @Test
  void reportsThatTheReleaseBeforeItIsNotHere() {
    assertThat(check(Optional.empty(), follows("eyelids", "2026-11-01-r1"))).isEqualTo(NOT_HERE);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void refusesAnotherReleaseInItsPlace() throws IOException {
    Path place = releases.resolve("eyelids/2026-11-01-r1");
    earlier(place, EARLIER + " ");

    assertThat(check(Optional.empty(), follows("eyelids", "2026-11-01-r1")))
        .isEqualTo("does not follow the release that was found in place of 2026-11-01-r1");
    assertThat(found())
        .containsExactly(
            place
                + ": error CHAIN this is not the release 2026-11-01-r1 that the verified one"
                + " follows; ask the clinic which release came before");
  }

  @Test
  void refusesAFolderWithoutIt() {
    assertThat(check(Optional.of(releases), follows("eyelids", "2026-11-01-r1")))
        .isEqualTo(NOT_HERE);
    assertThat(found())
        .containsExactly(
            releases
                + ": error CHAIN the release before this one, 2026-11-01-r1, is not in this"
                + " folder; ask the clinic which release came before");
  }

  @Test
  void showsWhichReleaseIsTheFirst() {
    assertThat(check(Optional.empty(), "{\"predicate\":{\"release\":{}}}"))
        .isEqualTo("the first release of this study to this recipient");
    assertThat(problems.list()).isEmpty();

    check(Optional.of(releases), "{\"predicate\":{\"release\":{}}}");

    assertThat(found())
        .containsExactly(
            releases
                + ": error CHAIN the verified release names no release before it;"
                + " ask the clinic which release came before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../2026-11-01-r1", "/etc", "a/b", "", "..", "\\u001b[2J"})
  void looksNowhereElseWhateverTheNameIs(String name) throws IOException {
    earlier(releases.resolve("2026-11-01-r1"), EARLIER + " ");
    earlier(releases.resolve("eyelids/a/b"), EARLIER + " ");
    earlier(releases, EARLIER + " ");

    assertThat(check(Optional.empty(), follows("eyelids", name)))
        .startsWith("follows release ")
        .contains("which is not here")
        .doesNotContain("\u001b");
    assertThat(problems.list()).isEmpty();
  }

  private String check(Optional<Path> given, String manifest) {
    return new ManifestChain(folder, given, problems)
        .check(manifest.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> found() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  private static String follows(String job, String name) {
    return "{\"predicate\":{\"release\":{\"job\":\"eyelids\",\"name\":\"2026-11-23-r2\","
        + "\"previous\":{\"job\":\""
        + job
        + "\",\"name\":\""
        + name
        + "\",\"sha256\":\""
        + Sha256.hex(EARLIER.getBytes(StandardCharsets.UTF_8))
        + "\"}}}}";
  }

  private static void earlier(Path release, String manifest) throws IOException {
    Files.createDirectories(release);
    Files.writeString(release.resolve("manifest.json"), manifest);
  }
}
