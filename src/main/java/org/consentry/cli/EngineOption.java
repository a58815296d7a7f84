package org.consentry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.export.Cluster;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the splits of a run are extracted. */
final class EngineOption {

  private static final String HERE = "here";
  private static final String SPARK = "spark";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "Where splits are extracted: here, the default, or on spark.")
  private String engine = HERE;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master: spark://HOST:PORT, k8s://URL, local-cluster[N,C,M].")
  private @Nullable String master;

  @Option(
      names = "--spark-conf",
      paramLabel = "NAME=VALUE",
      description = "A setting of the Spark application; may be given again.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--spark-settings",
      paramLabel = "FILE",
      description = "Settings of the Spark application, secrets among them.")
  private @Nullable Path file;

  /**
   * How the other processes of a run are started; empty when it has none.
   *
   * @throws ProblemException category USAGE when options do not fit together, or the program's
   *     Spark folder is not there
   */
  Optional<Cluster.Starter> cluster() {
    if (engine.equals(HERE)) {
      if (master != null || file != null || !settings.isEmpty()) {
        throw usage("--engine", "the master and settings of Spark need --engine spark", "add it");
      }
      return Optional.empty();
    }
    if (!engine.equals(SPARK)) {
      throw usage("--engine", "expected here or spark", "leave it out to extract here");
    }
    if (master == null) {
      throw usage("--master", "--engine spark needs the master of the cluster", "name it");
    }
    String wanted = master;
    Map<String, String> all = SparkSettingsFile.read(Optional.ofNullable(file), settings);
    return Optional.of(SparkFolder.find().starter(wanted, all));
  }

  private static ProblemException usage(String option, String message, String hint) {
    return ProblemException.of(Category.USAGE, "ENGINE", Place.of(option), message, hint);
  }
}
