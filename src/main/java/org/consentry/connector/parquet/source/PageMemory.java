package org.consentry.connector.parquet.source;

/**
 * The memory of the pages that one reader has open at a time: a quarter of what Java may have, so
 * that few small bytes that become large pages end in a message. Not thread-safe.
 */
final class PageMemory {

  private final long most;
  private long used;

  PageMemory(long most) {
    this.most = most;
  }

  /** A quarter of the memory of this process. */
  static PageMemory ofProcess() {
    return new PageMemory(Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));
  }

  void take(long bytes) {
    used += bytes;
    if (used > most) {
      throw new Damage(
          "has pages that need more than "
              + (most >> 20)
              + " MiB of memory at a time, a quarter of what Java may use");
    }
  }

  void free(long bytes) {
    used -= bytes;
  }
}
