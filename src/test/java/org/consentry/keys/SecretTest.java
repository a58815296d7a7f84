package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No copy of a secret is left behind. */
final class SecretTest {

  @Test
  void wipesTheArrayThatItTakes() {
    byte[] key = {1, 2, 3};

    Secret secret = Secret.take(key);

    assertThat(key).containsOnly(0);
    assertThat(secret.<byte[]>use(byte[]::clone)).containsExactly(1, 2, 3);
  }

  @Test
  void wipesWhatItGaveWhenTheWorkEnds() {
    Secret secret = Secret.take(new byte[] {1, 2, 3});

    byte[] given = secret.use(bytes -> bytes);

    assertThat(given).containsOnly(0);
    assertThat(secret.<byte[]>use(byte[]::clone)).containsExactly(1, 2, 3);
  }

  @Test
  void wipesWhatItGaveWhenTheWorkFails() {
    Secret secret = Secret.take(new byte[] {1, 2, 3});
    List<byte[]> given = new ArrayList<>();

    assertThatThrownBy(
            () ->
                secret.use(
                    bytes -> {
                      given.add(bytes);
                      throw new IllegalStateException("the work failed");
                    }))
        .hasMessage("the work failed");
    assertThat(given.get(0)).containsOnly(0);
  }

  @Test
  void keysWipeTheArrayThatTheyTake() {
    byte[] bytes = new byte[32];
    bytes[0] = 1;

    StudyKey.ofBytes(bytes);

    assertThat(bytes).containsOnly(0);
    assertThatThrownBy(() -> StudyKey.ofBytes(new byte[31]))
        .hasMessage("a key has 32 bytes but was given 31");
  }
}
