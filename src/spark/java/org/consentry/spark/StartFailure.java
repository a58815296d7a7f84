package org.consentry.spark;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Why an application did not start. Spark's own words may quote a value, so that only the name of a
 * setting is taken from them.
 */
final class StartFailure {

  private static final Pattern NAME = Pattern.compile("spark(?:\\.\\w[\\w-]*)+");

  /** What a context without a master reports, because it was stopped while it started. */
  private static final String OF_A_STOPPED_CONTEXT = "requirement failed";

  private StartFailure() {}

  /** Category USAGE when a setting is wrong, TEMPORARY when the cluster did not answer. */
  static ProblemException of(Throwable refused, SparkConf conf) {
    if (refused instanceof LinkageError) {
      return ProblemException.of(
          Category.USAGE,
          "NO_SPARK",
          Place.of("--engine"),
          "a part of the Spark folder of this program is missing, or of another version",
          "build it again by mvn -P spark verify");
    }
    Optional<String> setting = setting(refused, conf);
    if (isOfASetting(refused, setting.isPresent())) {
      return ProblemException.of(
          Category.USAGE,
          "SPARK_SETTING",
          Place.of(setting.orElse("--spark-settings")),
          "Spark does not accept " + setting.map(name -> "this setting").orElse("a setting"),
          "see the names, forms and limits of settings in Spark's documentation, and correct it");
    }
    return cluster(refused.getClass().getSimpleName());
  }

  private static boolean isOfASetting(Throwable refused, boolean namesOne) {
    if (refused instanceof IllegalArgumentException) {
      return namesOne || !text(refused).startsWith(OF_A_STOPPED_CONTEXT);
    }
    return refused instanceof SparkException && namesOne;
  }

  private static String text(Throwable refused) {
    return Optional.ofNullable(refused.getMessage()).orElse("");
  }

  /** The first name that is one of the application's settings. */
  private static Optional<String> setting(Throwable refused, SparkConf conf) {
    return NAME.matcher(text(refused))
        .results()
        .map(MatchResult::group)
        .filter(conf::contains)
        .findFirst();
  }

  /** The cluster cannot be used now. */
  static ProblemException cluster(String why) {
    return ProblemException.of(
        Category.TEMPORARY,
        "CLUSTER",
        Place.of("--master"),
        "the Spark cluster cannot be used: " + why,
        "check that master and workers are up, have the same secret, cores and memory free, and"
            + " the version of this program's Spark, "
            + org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }
}
