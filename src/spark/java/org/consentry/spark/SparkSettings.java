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
 * <p><b>Security promise:</b> whatever one process sends to another is encrypted and authenticated
 * (AES-GCM), on this machine too; what Spark writes to a disk is always encrypted.
 */
final class SparkSettings {

  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile(
          "local-cluster\\[\\s*[1-9]\\d{0,3}\\s*,\\s*[1-9]\\d{0,3}\\s*,\\s*([1-9]\\d{2,6})\\s*]");
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+):\\d+");
  private static final Pattern KUBERNETES = Pattern.compile("k8s://(?!http:).+");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[?::1]?");

  private static final String AUTHENTICATE = "spark.authenticate";
  private static final String SECRET = "spark.authenticate.secret";
  private static final String SECRET_FILE = "spark.authenticate.secret.file";
  private static final String ENCRYPT = "spark.network.crypto.enabled";
  private static final String EXECUTOR_MEMORY = "spark.executor.memory";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String LOOPBACK_ADDRESS = "127.0.0.1";

  private static final int SHORTEST_SECRET = 32;

  /**
   * A crash of an executor leaves no dump and no report, which would have contents of its memory,
   * and file names have one encoding. These follow the user's options, because the last one wins.
   */
  private static final String NO_DUMP =
      "-XX:-CreateCoredumpOnCrash -XX:-HeapDumpOnOutOfMemoryError -XX:ErrorFile=/dev/null"
          + " -Dfile.encoding=UTF-8";

  /**
   * As the launcher of the program has them: most code of an executor runs a few times and is not
   * worth compiling. These precede the user's options, of which the last one wins.
   */
  private static final String FAST_START =
      "-XX:CompileThresholdScaling=10 -XX:Tier3BackEdgeThreshold=2000"
          + " -XX:Tier3MinInvocationThreshold=1 -XX:Tier4MinInvocationThreshold=2"
          + " -XX:LoopUnrollLimit=0 -XX:-UsePerfData";

  /** What does not depend on the cluster, and cannot be set otherwise. */
  private static final Map<String, String> ALWAYS =
      Map.ofEntries(
          Map.entry("spark.io.encryption.enabled", "true"),
          Map.entry("spark.network.crypto.authEngineVersion", "2"),
          Map.entry("spark.network.crypto.cipher", "AES/GCM/NoPadding"),
          Map.entry("spark.network.crypto.saslFallback", "false"),
          Map.entry("spark.ssl.rpc.enabled", "false"), // It would switch the encryption above off.
          Map.entry("spark.speculation", "false"),
          Map.entry("spark.dynamicAllocation.enabled", "false"), // It begins without executors.
          Map.entry("spark.task.cpus", "1"),
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.ui.killEnabled", "false"),
          Map.entry("spark.ui.filters", NoPages.class.getName()),
          Map.entry("spark.eventLog.enabled", "false"),
          Map.entry("spark.executorEnv.LC_ALL", "C.UTF-8"),
          Map.entry("spark.app.name", "consentry"));

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
              "expected spark://HOST:PORT, k8s://URL, not over http, or"
                  + " local-cluster[EXECUTORS,CORES,MEBIBYTES] with at least 1, 1 and 100",
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
      if (settings.put(EXECUTOR_MEMORY, localCluster.group(1) + "m") != null) {
        problems.add(
            problem(
                "SPARK_SETTING",
                EXECUTOR_MEMORY,
                "the third number of local-cluster is the memory of an executor",
                "leave the setting out"));
      }
    }
    requireTrue(AUTHENTICATE, settings, problems);
    requireTrue(ENCRYPT, settings, problems);
    if (KUBERNETES.matcher(master).matches()) {
      requireSecretFile(settings, problems);
    } else {
      requireSecret(settings, problems);
    }
    if (isOneHost) {
      bindToLoopback("spark.driver.host", settings, problems);
      bindToLoopback("spark.driver.bindAddress", settings, problems);
    }
    String own = settings.getOrDefault(EXECUTOR_OPTIONS, "");
    settings.put(EXECUTOR_OPTIONS, String.join(" ", FAST_START, own, NO_DUMP));
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
              "expected true, because decisions and keys are sent to other processes",
              "set it, and the secret of the cluster, in the file of --spark-settings"));
    }
  }

  /** Spark reads files with a secret on Kubernetes only. */
  private static void requireSecret(Map<String, String> settings, List<Problem> problems) {
    if (settings.getOrDefault(SECRET, "").strip().length() < SHORTEST_SECRET) {
      problems.add(
          problem(
              "CLUSTER_NOT_ENCRYPTED",
              SECRET,
              "expected a secret of at least " + SHORTEST_SECRET + " characters",
              "set that of master and workers, such as openssl rand -hex 32 makes one, in the file"
                  + " of --spark-settings"));
    }
  }

  /** Spark would give every pod the secret itself as a variable of its environment. */
  private static void requireSecretFile(Map<String, String> settings, List<Problem> problems) {
    if (settings.containsKey(SECRET)) {
      problems.add(
          problem(
              "SPARK_SETTING",
              SECRET,
              "Kubernetes would show the secret to everyone who may list pods",
              "leave it out, and name a mounted file by " + SECRET_FILE));
    } else if (settings.getOrDefault(SECRET_FILE, "").isBlank()) {
      problems.add(
          problem(
              "CLUSTER_NOT_ENCRYPTED",
              SECRET_FILE,
              "expected the path of a file with the secret",
              "mount a Secret of Kubernetes at the same path in the command's pod and in"
                  + " executors"));
    }
  }

  private static void bindToLoopback(
      String name, Map<String, String> settings, List<Problem> problems) {
    if (!LOOPBACK.matcher(settings.getOrDefault(name, LOOPBACK_ADDRESS)).matches()) {
      problems.add(
          problem(
              "SPARK_SETTING",
              name,
              "the master is on this machine alone, so other machines must not connect",
              "leave it out"));
    }
    settings.putIfAbsent(name, LOOPBACK_ADDRESS);
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
