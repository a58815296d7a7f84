package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.data.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists beside a mapping are read once, as UTF-8, and remembered by their digests. */
final class ListsTest {

  @TempDir private Path folder;

  @Test
  void readsAFileRelativeToTheMapping() throws IOException {
    Files.createDirectory(folder.resolve("lists"));
    Files.writeString(folder.resolve("lists/a.csv"), "from,to\né,e\n");
    Lists lists = new Lists(folder);

    assertThat(lists.read("lists/a.csv").orElseThrow().text()).isEqualTo("from,to\né,e\n");
  }

  @Test
  void theDigestIsThatOfTheBytes() throws IOException {
    byte[] bytes = "\uFEFFfrom,to\n".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("a.csv"), bytes);
    Lists lists = new Lists(folder);

    assertThat(lists.read("a.csv").orElseThrow().text()).isEqualTo("from,to\n");
    assertThat(lists.digests()).containsOnlyKeys("a.csv");
    assertThat(lists.digests().get("a.csv")).isEqualTo("sha256:" + Sha256.hex(bytes));
  }

  @Test
  void whatWasReadOnceStaysAsItWas() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "before");
    Lists lists = new Lists(folder);
    lists.read("a.csv");

    Files.writeString(folder.resolve("a.csv"), "after");

    assertThat(lists.read("a.csv").orElseThrow().text()).isEqualTo("before");
  }

  @Test
  void whatCannotBeReadIsAbsentAndHasNoDigest() throws IOException {
    Files.write(folder.resolve("latin.csv"), new byte[] {'a', (byte) 0xE9});
    Lists lists = new Lists(folder);

    assertThat(lists.read("gone.csv")).isEmpty();
    assertThat(lists.read("latin.csv")).isEmpty();
    assertThat(lists.read(".")).isEmpty();
    assertThat(lists.read("a\0b")).isEmpty();
    assertThat(lists.digests()).isEmpty();
  }
}
