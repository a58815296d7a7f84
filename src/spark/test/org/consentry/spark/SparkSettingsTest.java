package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        "k8s://https://cluster:6443",
        "spark://127.0.0.1.example.org:7077",
        "spark://10.127.0.1:7077"
      })
  void refusesOtherMachinesWithoutAuthenticationOrEncryption(String master) {
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
    SparkConf conf = SparkSettings.of(master, Map.of());

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
        "spark.ui.enabled=true",
        "spark.eventLog.enabled=true",
        "spark.master=local[2]"
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
  @ValueSource(strings = {"yarn", "local[2]", "node-1:7077", "local-cluster[2,1]", ""})
  void refusesOtherMasters(String master) {
    assertThatThrownBy(() -> SparkSettings.of(master, ENCRYPTED))
        .hasMessageContaining("SPARK_MASTER");
  }
}
