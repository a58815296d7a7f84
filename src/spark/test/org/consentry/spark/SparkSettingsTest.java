package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
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
      assertThatThrownBy(() -> SparkSettings.of(master, Map.of(needed, "true")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                assertThat(refused.category()).isEqualTo(Category.USAGE);
                assertThat(refused.problems())
                    .singleElement()
                    .satisfies(one -> assertThat(one.code()).isEqualTo("CLUSTER_NOT_ENCRYPTED"));
              });
    }
    assertThat(SparkSettings.of(master, ENCRYPTED).get("spark.io.encryption.enabled"))
        .isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://127.0.0.1:7077", "spark://localhost:7077"})
  void acceptsAClusterOfThisMachineAndBindsToLoopback(String master) {
    SparkConf conf = SparkSettings.of(master, ENCRYPTED);

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
    Map<String, String> given = new HashMap<>(ENCRYPTED);
    given.put("spark.executor.extraJavaOptions", "-XX:+CreateCoredumpOnCrash -Dmine=1");

    SparkConf conf = SparkSettings.of(master, given);

    assertThat(conf.get("spark.network.crypto.cipher")).isEqualTo("AES/GCM/NoPadding");
    assertThat(conf.get("spark.network.crypto.authEngineVersion")).isEqualTo("2");
    assertThat(conf.get("spark.executor.extraJavaOptions"))
        .startsWith("-XX:+CreateCoredumpOnCrash -Dmine=1 ")
        .endsWith(" -XX:-CreateCoredumpOnCrash -Dfile.encoding=UTF-8");
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
  @ValueSource(strings = {"yarn", "local[2]", "node-1:7077", "local-cluster[2,1]", ""})
  void refusesOtherMasters(String master) {
    assertThatThrownBy(() -> SparkSettings.of(master, ENCRYPTED))
        .hasMessageContaining("SPARK_MASTER");
  }
}
