package org.consentry.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.LedgerKey;
import org.consentry.keys.Prf;

/**
 * The ledger on the disk: {@code entries.jsonl}, one entry a line, only ever appended to; {@code
 * head.json}, which records the newest of them; and {@code torn-*} files, one for each torn last
 * line that was set aside.
 *
 * <p>An entry is on the disk before the head records it, so after a crash the head is at most one
 * entry behind, and what follows it may be torn.
 */
public final class LedgerFiles {

  private static final String TORN = "torn-";
  private static final int SHORT_DIGEST = 12;

  private final Path folder;
  private final LedgerKey key;

  LedgerFiles(StateFolder state, LedgerKey key) {
    this.folder = state.ledger();
    this.key = key;
  }

  /**
   * The entries of the file up to the first byte that is none.
   *
   * @param entries the entries, each of which follows the one before
   * @param bytes how many bytes of the file they are
   * @param rest how many bytes follow them; 0 in a whole file
   */
  record Chain(List<LedgerEntry> entries, long bytes, long rest) {}

  public static Path entries(StateFolder state) {
    return state.ledger().resolve("entries.jsonl");
  }

  static Path head(StateFolder state) {
    return state.ledger().resolve("head.json");
  }

  /** Whether there is a ledger, or a part of one. */
  static boolean exist(StateFolder state) {
    return Files.exists(entries(state)) || Files.exists(head(state));
  }

  private Path entries() {
    return folder.resolve("entries.jsonl");
  }

  private Path head() {
    return folder.resolve("head.json");
  }

  /** Makes an empty file of entries where the head records none. */
  void create() throws IOException {
    DurableFiles.openNew(entries()).close();
    DurableFiles.sync(folder);
  }

  Chain read() throws IOException {
    byte[] bytes = Files.readAllBytes(entries());
    Prf mac = key.entries();
    List<LedgerEntry> entries = new ArrayList<>();
    String previous = LedgerEntry.ROOT;
    int start = 0;
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      LedgerEntry entry = LedgerEntry.read(Arrays.copyOfRange(bytes, start, end), mac).orElse(null);
      if (entry == null
          || entry.number() != entries.size() + 1
          || !entry.previous().equals(previous)) {
        break;
      }
      entries.add(entry);
      previous = entry.hash();
      start = end + 1;
    }
    return new Chain(entries, start, bytes.length - start);
  }

  private static int lineEnd(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Appends a line and waits until it is on the disk.
   *
   * @param bytes length of the file before
   * @throws IOException when the disk refuses, or the file has another length
   */
  void append(long bytes, byte[] line) throws IOException {
    try (FileChannel channel = FileChannel.open(entries(), StandardOpenOption.WRITE)) {
      if (channel.size() != bytes) {
        throw new IOException("the file was changed by another program");
      }
      channel.position(bytes);
      DurableFiles.writeFully(channel, ByteBuffer.wrap(line));
      channel.force(true);
    }
  }

  /** Cuts the file and waits until that is on the disk. */
  void truncate(long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(entries(), StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
      channel.force(true);
    }
  }

  byte[] readHead() throws IOException {
    return Files.readAllBytes(head());
  }

  void writeHead(List<LedgerEntry> entries) throws IOException {
    String newest = entries.isEmpty() ? LedgerEntry.ROOT : entries.get(entries.size() - 1).hash();
    DurableFiles.replace(
        head(), new LedgerHead(entries.size(), newest, key.fingerprint()).text(key));
  }

  /** Moves what follows the entries of the file to a file of its own. */
  void setAside(Chain chain) throws IOException {
    byte[] whole = Files.readAllBytes(entries());
    byte[] rest = Arrays.copyOfRange(whole, Math.toIntExact(chain.bytes()), whole.length);
    String digest = Sha256.hex(rest).substring(0, SHORT_DIGEST);
    DurableFiles.replace(folder.resolve(TORN + (chain.entries().size() + 1) + "-" + digest), rest);
    truncate(chain.bytes());
  }

  /** The files that torn lines were set aside to. */
  List<Path> torn() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> String.valueOf(file.getFileName()).startsWith(TORN))
          .filter(file -> !file.toString().endsWith(".new"))
          .sorted()
          .toList();
    }
  }
}
