package org.consentry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The releases of both clinic jobs, made once for all tests that only read them.
 *
 * @param place where they were made
 * @param eyelid what the run of the eyelid job printed
 * @param limited what the run of the limited data set printed
 */
record SampleReleases(Installation place, Answer eyelid, Answer limited) {

  static final String EYELID = "eyelid-outcomes";
  static final String LIMITED = "outcomes-limited-data-set";

  private static final class Made {
    static final SampleReleases ONCE = make();
  }

  static SampleReleases get() {
    return Made.ONCE;
  }

  private static SampleReleases make() {
    Installation place = Installation.in(temporary());
    return new SampleReleases(place, place.run(EYELID), place.run(LIMITED));
  }

  /** A folder that is deleted when these tests end. */
  static Path temporary() {
    try {
      Path root = Files.createTempDirectory("consentry-sample").toRealPath();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Installation.delete(root)));
      return root;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The release of another shipped job in the same place, made when it is first asked for. */
  synchronized Path made(String job) {
    if (place.releases(job).isEmpty()) {
      Answer answer = place.run(job);
      if (answer.exitCode() != 0) {
        throw new IllegalStateException(answer.err());
      }
    }
    return release(job);
  }

  Path release(String job) {
    return place.release(job);
  }

  /** The predicate of the recipient's manifest. */
  JsonNode recipientManifest(String job) {
    return recipientManifest(place, job);
  }

  private static JsonNode recipientManifest(Installation place, String job) {
    return predicate(place.release(job).resolve("manifest.json"));
  }

  /** The predicate of the exact manifest that stays in the clinic. */
  JsonNode internalManifest(String job) {
    return internalManifest(place, job);
  }

  /** The same of any installation's newest release of a job. */
  static JsonNode internalManifest(Installation place, String job) {
    String run = recipientManifest(place, job).get("release").get("run").asString();
    return predicate(
        place.home().resolve("manifests").resolve(run).resolve("manifest.internal.json"));
  }

  private static JsonNode predicate(Path file) {
    return JsonMapper.shared().readTree(Installation.read(file)).get("predicate");
  }

  /** A table of a manifest. */
  static JsonNode table(JsonNode manifest, String name) {
    return manifest
        .get("tables")
        .valueStream()
        .filter(table -> table.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> tables(JsonNode manifest) {
    return manifest.get("tables").valueStream().map(table -> table.get("name").asString()).toList();
  }
}
