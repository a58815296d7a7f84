package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which applications may be sent decisions and keys. */
final class SparkSettingsTest {

  private static final Map<String, String> ENCRYPTED =
      Map.of("spark.authenticate", "true", "spark.network.crypto.enabled", "true");

  private static final String OWN_OPTIONS =
      "-XX:+CreateCoredumpOnCrash -XX:+HeapDumpOnOutOfMemoryError -XX:ErrorFile=hs_err -Dmine=1";
  private static final String SECRET = "spark.authenticate.secret";
  private static final Map<String, String> COMPLETE = with(ENCRYPTED, SECRET, "0".repeat(32));

  private static Map<String, String> without(String name) {
    Map<String, String> less = new HashMap<>(COMPLETE);
    less.remove(name);
    return less;
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return more;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://node-1:7077",
        "spark://127.0.0.1:7077",
        "spark://localhost:7077",
        "spark://127.0.0.1.example.org:7077",
        "spark://10.127.0.1:7077"
      })
  void refusesAMasterWithoutAuthenticationOrEncryption(String master) {
    for (String needed : ENCRYPTED.keySet()) {
      assertThatThrownBy(() -> SparkSettings.of(master, without(needed)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                assertThat(refused.category()).isEqualTo(Category.USAGE);
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(one -> assertThat(one.code()).isEqualTo("CLUSTER_NOT_ENCRYPTED"));
              });
    }
    assertThat(SparkSettings.of(master, COMPLETE).get("spark.io.encryption.enabled"))
        .isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://node-1:7077", "spark://127.0.0.1:7077", "local-cluster[1,1,600]"})
  void refusesASecretThatIsBlankOrShort(String master) {
    for (String secret : List.of(" ", " ".repeat(40), "s3cret", "s".repeat(31))) {
      assertThatThrownBy(() -> SparkSettings.of(master, with(ENCRYPTED, SECRET, secret)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.category()).isEqualTo(Category.USAGE))
          .hasMessageContaining("at least 32 characters")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void refusesACallToAMasterWithoutItsSecret() {
    assertThatThrownBy(() -> SparkSettings.of("spark://node-1:7077", ENCRYPTED))
        .hasMessageContaining("CLUSTER_NOT_ENCRYPTED")
        .hasMessageContaining("at least 32 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://127.0.0.1:7077", "spark://localhost:7077"})
  void acceptsAClusterOfThisMachineAndBindsToLoopback(String master) {
    SparkConf conf = SparkSettings.of(master, COMPLETE);

    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
  }

  @Test
  void encryptsBetweenProcessesOfALocalClusterUnderASecretOfItsOwn() {
    SparkConf one = SparkSettings.of("local-cluster[2,1,600]", Map.of());
    SparkConf other = SparkSettings.of("local-cluster[2,1,600]", Map.of());

    assertThat(one.get("spark.network.crypto.enabled")).isEqualTo("true");
    assertThat(one.get("spark.authenticate")).isEqualTo("true");
    assertThat(one.get("spark.authenticate.secret"))
        .hasSize(64)
        .isNotEqualTo(other.get("spark.authenticate.secret"));
    assertThat(one.get("spark.executor.memory")).isEqualTo("600m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.io.encryption.enabled=false",
        "spark.network.crypto.saslFallback=true",
        "spark.network.crypto.cipher=AES/CTR/NoPadding",
        "spark.network.crypto.authEngineVersion=1",
        "spark.ssl.rpc.enabled=true",
        "spark.driver.host=192.0.2.7",
        "spark.driver.bindAddress=0.0.0.0",
        "spark.executorEnv.LC_ALL=C",
        "spark.ui.enabled=true",
        "spark.ui.killEnabled=true",
        "spark.eventLog.enabled=true",
        "spark.dynamicAllocation.enabled=true",
        "spark.task.cpus=2",
        "spark.executor.memory=2g",
        "spark.master=local[2]",
        "spark.ui.filters=another.Filter"
      })
  void refusesWhatWouldWriteOrShowMore(String setting) {
    String[] words = setting.split("=", 2);

    assertThatThrownBy(() -> SparkSettings.of("local-cluster[1,1,600]", Map.of(words[0], words[1])))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(one -> assertThat(one.code()).isEqualTo("SPARK_SETTING")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.authenticate", "spark.network.crypto.enabled"})
  void refusesALocalClusterThatWouldSendInTheClear(String name) {
    assertThatThrownBy(() -> SparkSettings.of("local-cluster[1,1,600]", Map.of(name, "false")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("CLUSTER_NOT_ENCRYPTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local-cluster[1,1,600]", "spark://127.0.0.1:7077", "spark://node-1:7077"})
  void authenticatesEveryMessageAndLetsNoExecutorLeaveADump(String master) {
    Map<String, String> given = new HashMap<>(COMPLETE);
    given.put("spark.executor.extraJavaOptions", OWN_OPTIONS);

    SparkConf conf = SparkSettings.of(master, given);

    assertThat(conf.get("spark.network.crypto.cipher")).isEqualTo("AES/GCM/NoPadding");
    assertThat(conf.get("spark.network.crypto.authEngineVersion")).isEqualTo("2");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .startsWith("-XX:CompileThresholdScaling=10 ")
        .endsWith(
            " "
                + OWN_OPTIONS
                + " -XX:-CreateCoredumpOnCrash -XX:-HeapDumpOnOutOfMemoryError"
                + " -XX:ErrorFile=/dev/null -Dfile.encoding=UTF-8");
    assertThat(conf.get("spark.executorEnv.LC_ALL")).isEqualTo("C.UTF-8");
  }

  @Test
  void takesTheSecretOfKubernetesFromAFileOnly() {
    String master = "k8s://https://cluster:6443";
    Map<String, String> file = new HashMap<>(ENCRYPTED);
    file.put("spark.authenticate.secret.file", "/run/secrets/spark/secret");
    Map<String, String> both = new HashMap<>(file);
    both.put("spark.authenticate.secret", "in the environment of every pod");

    assertThat(SparkSettings.of(master, file).get("spark.authenticate.secret.file"))
        .isEqualTo("/run/secrets/spark/secret");
    assertThatThrownBy(() -> SparkSettings.of(master, ENCRYPTED))
        .hasMessageContaining("CLUSTER_NOT_ENCRYPTED");
    assertThatThrownBy(() -> SparkSettings.of(master, both))
        .hasMessageContaining("SPARK_SETTING")
        .hasMessageNotContaining("in the environment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yarn",
        "local[2]",
        "node-1:7077",
        "local-cluster[2,1]",
        "local-cluster[0,1,600]",
        "local-cluster[1,0,600]",
        "local-cluster[1,1,99]",
        "local-cluster[99999999999,1,600]",
        "k8s://http://cluster:8080",
        ""
      })
  void refusesOtherMasters(String master) {
    assertThatThrownBy(() -> SparkSettings.of(master, ENCRYPTED))
        .hasMessageContaining("SPARK_MASTER");
  }
}
