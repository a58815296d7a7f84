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
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

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

  private final StateFolder state;
  private final Path folder;
  private final LedgerKey key;

  LedgerFiles(StateFolder state, LedgerKey key) {
    this.state = state;
    this.folder = state.ledger();
    this.key = key;
  }

  /**
   * The entries of the file up to the first byte that is none.
   *
   * @param entries the entries, each of which follows the one before
   * @param bytes how many bytes of the file they are
   * @param rest how many bytes follow them; 0 in a whole file
   * @param recorded how many of them the head records
   */
  record Chain(List<LedgerEntry> entries, long bytes, long rest, long recorded) {}

  /** The file of entries, one a line. */
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
    return entries(state);
  }

  private Path head() {
    return head(state);
  }

  /** Makes an empty file of entries where the head records none. */
  void create() throws IOException {
    DurableFiles.openNew(entries()).close();
    DurableFiles.sync(folder);
  }

  /**
   * Reads and checks head and entries.
   *
   * @throws ProblemException category VERIFY when they were changed, cut or lost; KEY when the key
   *     is another one
   */
  Chain read() throws IOException {
    requireFile(head(), "LEDGER_HEAD", "the ledger's head file is gone");
    requireFile(entries(), "LEDGER_CUT", "the ledger's file of entries is gone");
    return check(readHead(), () -> Files.readAllBytes(entries()));
  }

  /** The content of the file of entries, which is read after the head. */
  interface Content {
    byte[] read() throws IOException;
  }

  /** As {@link #read}, for content that is elsewhere, such as in a backup. */
  Chain check(byte[] headContent, Content entries) throws IOException {
    LedgerHead head = head(headContent);
    Chain chain = chain(entries.read(), head.entries());
    requireHead(head, chain);
    return chain;
  }

  private static void requireFile(Path file, String code, String message) {
    if (!Files.exists(file)) {
      throw lost(code, Place.of(file), message);
    }
  }

  /** Reads a head file; only one under this key is one. */
  LedgerHead head(byte[] content) {
    Optional<LedgerHead> head = LedgerHead.read(content);
    if (head.filter(known -> known.is(content, key)).isPresent()) {
      return head.get();
    }
    if (head.filter(known -> !known.key().equals(key.fingerprint())).isPresent()) {
      throw otherKey();
    }
    throw lost("LEDGER_HEAD", Place.of(head()), "the ledger's head file was changed");
  }

  private ProblemException otherKey() {
    return ProblemException.of(
        Category.KEY,
        "OTHER_LEDGER_KEY",
        Place.of(state.ledgerKey()),
        "the ledger key is not the one this ledger was written under",
        "restore the earlier key from its backup");
  }

  private void requireHead(LedgerHead head, Chain chain) {
    int found = chain.entries().size();
    Path file = entries();
    if (found < head.entries()) {
      throw chain.rest() == 0
          ? lost(
              "LEDGER_CUT",
              Place.of(file),
              "the ledger ends with entry "
                  + found
                  + ", its head file names entry "
                  + head.entries())
          : lost(
              "LEDGER_CHAIN",
              Place.of(Place.name(file), found + 1L),
              "the ledger was changed: this line does not follow the one before");
    }
    String named =
        head.entries() == 0
            ? LedgerEntry.ROOT
            : chain.entries().get(Math.toIntExact(head.entries()) - 1).hash();
    if (!named.equals(head.sha256()) || found > head.entries() + 1) {
      throw lost(
          "LEDGER_HEAD",
          Place.of(head()),
          "the head file is not of this ledger, or older than its newest entries");
    }
  }

  static ProblemException lost(String code, Place place, String message) {
    return ProblemException.of(
        Category.VERIFY,
        code,
        place,
        message,
        "restore the folder ledger of the state folder from its newest backup and find out who"
            + " changed it");
  }

  private Chain chain(byte[] bytes, long recorded) {
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
    return new Chain(entries, start, bytes.length - start, recorded);
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

  /**
   * Takes back an entry that could not be written whole. The head comes first, when it names that
   * entry already: a file may be one entry ahead of its head, but not behind it.
   *
   * @param bytes length of the file without the entry
   * @param entries the entries without it
   */
  void takeBack(long bytes, List<LedgerEntry> entries) throws IOException {
    if (head(readHead()).entries() > entries.size()) {
      writeHead(entries);
    }
    truncate(bytes);
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
