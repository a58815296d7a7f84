package org.consentry.export.extract;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Numbers in a file of staging, whose end shows whether they are what they were, and of which
 * basis.
 */
final class CheckedNumbers {

  private CheckedNumbers() {}

  /** The numbers and, behind them, a checksum of the basis and them all. */
  static List<LongBuffer> with(String basis, List<LongBuffer> pieces) {
    List<LongBuffer> all = new ArrayList<>(pieces);
    all.add(LongBuffer.wrap(new long[] {check(basis, pieces)}));
    return all;
  }

  /** The numbers that {@link #with} wrote; empty when any of them, or the basis, is another. */
  static Optional<long[]> whole(String basis, long[] all) {
    int count = all.length - 1;
    return count >= 0 && all[count] == check(basis, List.of(LongBuffer.wrap(all, 0, count)))
        ? Optional.of(Arrays.copyOf(all, count))
        : Optional.empty();
  }

  private static long check(String basis, List<LongBuffer> pieces) {
    CRC32C crc = new CRC32C();
    crc.update(basis.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    for (LongBuffer piece : pieces) {
      for (int at = piece.position(); at < piece.limit(); at++) {
        crc.update(bytes.clear().putLong(piece.get(at)).flip());
      }
    }
    return crc.getValue();
  }
}
