package org.consentry.spark;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * The settings of a Spark application that may be sent decisions and keys.
 *
 * <p><b>Security promise:</b> what is sent to executors is authenticated and encrypted, or does not
 * leave this machine; what Spark writes to a disk is always encrypted.
 */
final class SparkSettings {

  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*(\\d+)\\s*]");
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+):\\d+");
  private static final Pattern KUBERNETES = Pattern.compile("k8s://.+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

  private static final String AUTHENTICATE = "spark.authenticate";
  private static final String SECRET = "spark.authenticate.secret";
  private static final String ENCRYPT = "spark.network.crypto.enabled";
  private static final String LOOPBACK_ADDRESS = "127.0.0.1";

  /** What does not depend on the cluster, and cannot be set otherwise. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.io.encryption.enabled", "true",
          "spark.network.crypto.saslFallback", "false",
          "spark.speculation", "false",
          "spark.ui.enabled", "false",
          "spark.eventLog.enabled", "false",
          "spark.app.name", "consentry");

  private SparkSettings() {}

  /**
   * Checks settings and completes them.
   *
   * @throws ProblemException category USAGE with everything that is wrong
   */
  static SparkConf of(String master, Map<String, String> given) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> settings = new TreeMap<>(given);
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    boolean isInOneProcessTree = localCluster.matches();
    boolean isOneHost = isInOneProcessTree || isLoopback(master);
    if (!isInOneProcessTree
        && !STANDALONE.matcher(master).matches()
        && !KUBERNETES.matcher(master).matches()) {
      problems.add(
          problem(
              "SPARK_MASTER",
              "--master",
              "expected spark://HOST:PORT, k8s://URL or local-cluster[EXECUTORS,CORES,MEBIBYTES]",
              "name the master of the cluster"));
    }
    ALWAYS.forEach(
        (name, value) -> {
          if (!settings.getOrDefault(name, value).equals(value)) {
            problems.add(
                problem(
                    "SPARK_SETTING", name, "this is always " + value + " here", "leave it out"));
          }
          settings.put(name, value);
        });
    if (settings.containsKey("spark.master")) {
      problems.add(
          problem(
              "SPARK_SETTING", "spark.master", "the master is an option", "name it by --master"));
    }
    if (isInOneProcessTree) {
      settings.putIfAbsent(AUTHENTICATE, "true");
      settings.putIfAbsent(ENCRYPT, "true");
      settings.putIfAbsent(SECRET, secret());
      settings.putIfAbsent("spark.executor.memory", localCluster.group(1) + "m");
    } else if (!isOneHost) {
      requireTrue(AUTHENTICATE, settings, problems);
      requireTrue(ENCRYPT, settings, problems);
    }
    if (isOneHost) {
      settings.putIfAbsent("spark.driver.host", LOOPBACK_ADDRESS);
      settings.putIfAbsent("spark.driver.bindAddress", LOOPBACK_ADDRESS);
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(Category.USAGE, problems);
    }
    SparkConf conf = new SparkConf(false).setMaster(master);
    settings.forEach(conf::set);
    return conf;
  }

  private static boolean isLoopback(String master) {
    Matcher address = STANDALONE.matcher(master);
    return address.matches() && LOOPBACK.matcher(address.group(1)).matches();
  }

  private static void requireTrue(
      String name, Map<String, String> settings, List<Problem> problems) {
    if (!"true".equals(settings.get(name))) {
      problems.add(
          problem(
              "CLUSTER_NOT_ENCRYPTED",
              name,
              "expected true, because decisions and keys are sent to other machines",
              "set it, and the secret of the cluster, in the file of --spark-settings"));
    }
  }

  private static Problem problem(String code, String place, String message, String hint) {
    return Problem.error(code, Place.of(place), message, hint);
  }

  private static String secret() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
