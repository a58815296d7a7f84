package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SubjectKeysTest {

  @Test
  void numbersIdsLikeAHashMapInTheOrderOfTheirFirstAppearance() {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    SubjectKeys keys = new SubjectKeys();
    Map<String, Integer> twin = new HashMap<>();

    for (int i = 0; i < 50_000; i++) {
      String id = "P" + random.nextInt(20_000);
      byte[] bytes = ("<" + id + ">").getBytes(StandardCharsets.US_ASCII);
      int known = twin.getOrDefault(id, -1);
      assertThat(keys.find(bytes, 1, bytes.length - 1)).as("seed %d", seed).isEqualTo(known);

      int added = keys.add(bytes, 1, bytes.length - 1);

      assertThat(added).isEqualTo(known < 0 ? twin.size() : -1 - known);
      twin.putIfAbsent(id, twin.size());
    }

    assertThat(keys.size()).isEqualTo(twin.size());
    twin.forEach(
        (id, number) ->
            assertThat(keys.key(number)).isEqualTo(id.getBytes(StandardCharsets.US_ASCII)));
  }
}
