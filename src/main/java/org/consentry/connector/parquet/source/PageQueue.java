package org.consentry.connector.parquet.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Pages of a column that were read and not decompressed yet. Not thread-safe. */
final class PageQueue {

  /** A page as it is in the file. */
  @SuppressWarnings("ArrayRecordComponent") // the batch path shares arrays on purpose (house style)
  record Page(PageHeader header, byte[] bytes) {}

  private final Deque<Page> pages = new ArrayDeque<>();
  private Optional<PageHeader> next = Optional.empty();
  private long rows;
  private long bytes;

  /** Rows of the pages. */
  long rows() {
    return rows;
  }

  /** Bytes of the pages when they are decompressed. */
  long bytes() {
    return bytes;
  }

  /** The header of the page after them, which is in the file yet. */
  PageHeader next(ChunkBytes chunk) {
    PageHeader header = next.orElseGet(chunk::header);
    next = Optional.of(header);
    return header;
  }

  /** Reads that page. */
  void take(ChunkBytes chunk) {
    PageHeader header = next(chunk);
    pages.addLast(new Page(header, chunk.take(header.compressed())));
    rows += Math.max(0, header.values());
    bytes += header.uncompressed();
    next = Optional.empty();
  }

  Page removeFirst() {
    return removed(pages.removeFirst());
  }

  Page removeLast() {
    return removed(pages.removeLast());
  }

  private Page removed(Page page) {
    rows -= Math.max(0, page.header().values());
    bytes -= page.header().uncompressed();
    return page;
  }
}
