package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the bytes of Parquet files are read. */
final class ParquetInputTest {

  private static final long SEED = 20261130;

  @TempDir Path folder;

  @Test
  void readsManyBytesAtATimeFromAnyPlace() throws Exception {
    byte[] bytes = new byte[100_000];
    Random random = new Random(SEED);
    random.nextBytes(bytes);
    Path file = Files.write(folder.resolve("x.parquet"), bytes);

    ParquetInput input = new ParquetInput(file);

    assertThat(input.getLength()).isEqualTo(bytes.length);
    try (SeekableInputStream in = input.newStream()) {
      for (int i = 0; i < 100; i++) {
        int from = random.nextInt(bytes.length - 1_000);
        in.seek(from);
        assertThat(in.read()).isEqualTo(bytes[from] & 0xFF);
        byte[] block = new byte[900];
        assertThat(in.read(block, 0, block.length)).isEqualTo(block.length);
        assertThat(block).isEqualTo(Arrays.copyOfRange(bytes, from + 1, from + 901));
        ByteBuffer buffer = ByteBuffer.allocate(99);
        in.readFully(buffer);
        assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(bytes, from + 901, from + 1_000));
        assertThat(in.getPos()).isEqualTo(from + 1_000L);
      }
      in.seek(bytes.length - 1L);
      assertThatThrownBy(() -> in.readFully(new byte[2])).isInstanceOf(EOFException.class);
    }
  }
}
