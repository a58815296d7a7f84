package org.consentry.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.consentry.data.DurableFiles;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.problem.CountWords;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The file of a vault: a header, then one block per append.
 *
 * <pre>
 *   header   16 bytes name and version, 32 bytes function of them (shows a wrong key at once)
 *   block    8 bytes count, 8 bytes entries before it, 16 bytes function of (seal before, these);
 *            count entries of 32 bytes;
 *            32 bytes seal = function of (seal before, SHA-256 of the block)
 * </pre>
 *
 * A block is forced to the disk before its seal is written, and the seal before the append returns.
 * So a block without a seal was never used by anyone and is left out; a block whose seal does not
 * fit was damaged later, and the vault refuses: drawing new codes for known subjects would split
 * them in two. Reading never writes.
 */
final class VaultFile {

  private static final byte[] NAME = "consentry-vault1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = NAME.length + Prf.SIZE;
  private static final int BLOCK_HEADER = 32;
  private static final int MAX_BLOCK = 1 << 18;

  private final Path file;
  private final Place place;
  private final Prf seals;
  private final List<String> heads = new ArrayList<>();
  private byte[] seal = new byte[Prf.SIZE];
  private long end;

  VaultFile(Path file, Prf seals) {
    this.file = file;
    this.place = Place.of(file);
    this.seals = seals;
  }

  /** The seals of all blocks, oldest first, in hexadecimal. */
  List<String> heads() {
    return heads;
  }

  /**
   * Refuses a file that has no code, although releases have codes from it.
   *
   * @param codes how many codes it had when the study last released
   */
  void requireCodes(long codes) {
    try {
      if (Files.size(file) > HEADER) {
        return;
      }
    } catch (NoSuchFileException gone) {
      throw lost("VAULT_MISSING", "the vault of codes is missing", codes);
    } catch (IOException e) {
      throw unreadable();
    }
    throw empty(codes);
  }

  ProblemException empty(long codes) {
    return lost("VAULT_EMPTY", "the vault of codes is empty", codes);
  }

  /** A vault that is not the one the study released from. */
  ProblemException lost(String code, String what, long codes) {
    return OwnerOnlyFiles.problem(
        code,
        place,
        what
            + ", but releases of the study have codes from it; it had "
            + CountWords.of(codes, "code"),
        "restore it from the newest backup of the state folder: with new codes the next release"
            + " would not match those before");
  }

  /** Reads all entries; an absent file has none. */
  VaultTable read() {
    try {
      OwnerOnlyFiles.requireOwnerOnly(file, place);
    } catch (NoSuchFileException e) {
      return new VaultTable(0);
    } catch (IOException e) {
      throw unreadable();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      checkHeader(readAt(channel, 0, (int) Math.min(size, HEADER)));
      end = HEADER;
      VaultTable table = new VaultTable((int) Math.min(60_000_000, size / VaultTable.ENTRY));
      while (readBlock(channel, size, table)) {
        heads.add(HexFormat.of().formatHex(seal));
      }
      return table;
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private void checkHeader(byte[] header) {
    if (header.length < HEADER || !Arrays.equals(header, 0, NAME.length, NAME, 0, NAME.length)) {
      throw damaged();
    }
    if (!Arrays.equals(header(), header)) {
      throw OwnerOnlyFiles.problem(
          "VAULT_KEY",
          place,
          "the vault was written under another study key, or for another study or domain",
          "use the key the study began with; if the key is right, restore the vault from its"
              + " backup");
    }
  }

  private byte[] header() {
    byte[] header = Arrays.copyOf(NAME, HEADER);
    seals.compute(NAME, 0, NAME.length, header, NAME.length);
    return header;
  }

  /** Reads the block at the end; false when no whole, sealed block follows. */
  private boolean readBlock(FileChannel channel, long size, VaultTable table) throws IOException {
    if (size - end < BLOCK_HEADER) {
      return false;
    }
    byte[] head = readAt(channel, end, BLOCK_HEADER);
    if (Arrays.equals(head, new byte[BLOCK_HEADER])) {
      requireZeros(channel, size);
      return false;
    }
    int count = (int) ByteBuffer.wrap(head).getLong();
    if (!Arrays.equals(head, blockHeader(count, table.size()))) {
      throw damaged();
    }
    int length = BLOCK_HEADER + count * VaultTable.ENTRY;
    if (size - end < length + Prf.SIZE) {
      return false;
    }
    byte[] block = readAt(channel, end, length + Prf.SIZE);
    byte[] expected = sealOf(block, length);
    if (!Arrays.equals(block, length, block.length, expected, 0, Prf.SIZE)) {
      requireTorn(block, length, expected, size);
      return false;
    }
    for (int at = BLOCK_HEADER; at < length; at += VaultTable.ENTRY) {
      if (!table.add(block, at)) {
        throw damaged();
      }
    }
    seal = expected;
    end += block.length;
    return true;
  }

  /** After a power cut a file may have its length but not yet its content. */
  private void requireZeros(FileChannel channel, long size) throws IOException {
    for (long at = end; at < size; at += 1 << 16) {
      for (byte b : readAt(channel, at, (int) Math.min(1 << 16, size - at))) {
        if (b != 0) {
          throw damaged();
        }
      }
    }
  }

  /** Refuses a seal other than one of which only a beginning was written, in the last block. */
  private void requireTorn(byte[] block, int length, byte[] expected, long size) {
    int written = Prf.SIZE;
    while (written > 0 && block[length + written - 1] == 0) {
      written--;
    }
    boolean last = end + block.length == size;
    boolean begun = Arrays.equals(block, length, length + written, expected, 0, written);
    if (!last || !begun) {
      throw damaged();
    }
  }

  private byte[] blockHeader(int count, int before) {
    byte[] input = Arrays.copyOf(seal, Prf.SIZE + 2 * Long.BYTES);
    ByteBuffer.wrap(input).position(Prf.SIZE).putLong(count).putLong(before);
    byte[] check = new byte[Prf.SIZE];
    seals.compute(input, 0, input.length, check, 0);
    byte[] header = Arrays.copyOfRange(input, Prf.SIZE, Prf.SIZE + BLOCK_HEADER);
    System.arraycopy(check, 0, header, 2 * Long.BYTES, BLOCK_HEADER - 2 * Long.BYTES);
    return header;
  }

  private byte[] sealOf(byte[] block, int length) {
    MessageDigest digest = Sha256.begin();
    digest.update(block, 0, length);
    byte[] input = Arrays.copyOf(seal, 2 * Prf.SIZE);
    System.arraycopy(digest.digest(), 0, input, Prf.SIZE, Prf.SIZE);
    byte[] answer = new byte[Prf.SIZE];
    seals.compute(input, 0, input.length, answer, 0);
    return answer;
  }

  /**
   * Appends entries and waits until they are on the disk.
   *
   * @param before number of entries in the file
   */
  void append(ByteBuffer entries, int before) {
    try {
      makeFile();
      try (FileChannel channel = DurableFiles.open(file)) {
        channel.truncate(end);
        channel.position(end);
        int done = before;
        while (entries.hasRemaining()) {
          int count = Math.min(MAX_BLOCK, entries.remaining() / VaultTable.ENTRY);
          appendBlock(channel, entries, count, done);
          done += count;
        }
      }
    } catch (IOException e) {
      throw ProblemException.of(
          DiskFailure.category(e),
          "VAULT_UNWRITABLE",
          place,
          "the vault of codes cannot be written",
          "check the space and the folder's permissions, then run again");
    }
  }

  private void appendBlock(FileChannel channel, ByteBuffer entries, int count, int before)
      throws IOException {
    byte[] block =
        Arrays.copyOf(blockHeader(count, before), BLOCK_HEADER + count * VaultTable.ENTRY);
    entries.get(block, BLOCK_HEADER, count * VaultTable.ENTRY);
    byte[] next = sealOf(block, block.length);
    DurableFiles.writeFully(channel, ByteBuffer.wrap(block));
    channel.force(true);
    DurableFiles.writeFully(channel, ByteBuffer.wrap(next));
    channel.force(true);
    seal = next;
    end += block.length + Prf.SIZE;
    heads.add(HexFormat.of().formatHex(seal));
  }

  /** The header appears whole or not at all. */
  private void makeFile() {
    if (end > 0) {
      return;
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw damaged(); // It was absent when the vault was opened: another process is at work.
    }
    OwnerOnlyFiles.create(file, header());
    end = HEADER;
  }

  private byte[] readAt(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return bytes.array();
  }

  private ProblemException damaged() {
    return OwnerOnlyFiles.problem(
        "VAULT_DAMAGED",
        place,
        "the vault of codes is damaged and drawing new codes would split known subjects",
        "restore the file from its backup");
  }

  private ProblemException unreadable() {
    return OwnerOnlyFiles.problem(
        "VAULT_UNREADABLE",
        place,
        "the vault of codes cannot be read",
        "check the file and its owner");
  }
}
