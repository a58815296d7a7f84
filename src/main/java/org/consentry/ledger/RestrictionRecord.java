package org.consentry.ledger;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * What runs have read of restrictions, in the state folder: one small file for each study and one
 * for each file of consent lines, so that neither another name of the file nor another study makes
 * it forget. A restriction is remembered as eight bytes of an HMAC under the ledger's key and the
 * line it was last seen on. The last line of a file is an HMAC of what is before it, under the same
 * key. Files are replaced at once, durable and open to their owner alone.
 *
 * <p><b>Security promise:</b> without the ledger's key the files show how many restrictions there
 * were and on which lines, nothing of a patient, and no restriction can be taken out of a file
 * without an error at the next read.
 */
public final class RestrictionRecord {

  private static final String HEADER = "consentry-restrictions-1";
  private static final int NAME_DIGITS = 32;
  private static final int DIGITS = 16;

  private final Path folder;
  private final Prf keyed;

  /** The memory of a state folder. */
  public RestrictionRecord(StateFolder state, LedgerKey key) {
    this.folder = state.restrictions();
    this.keyed = key.restrictions();
  }

  /**
   * What is remembered of a study or a file.
   *
   * @param subject what it is remembered of, in words that stay the same
   * @return empty when nothing was ever read
   * @throws ProblemException category VERIFY when the file is damaged, TEMPORARY when it cannot be
   *     read
   */
  public Optional<Remembered> of(String subject) {
    Path file = file(subject);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      channel.read(ByteBuffer.allocate(1), 0); // fails with a reason where mapping gives none
      MappedByteBuffer text = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return Optional.of(parse(authentic(subject, text)));
    } catch (IllegalArgumentException damaged) {
      throw ProblemException.of(
          Category.VERIFY,
          "RESTRICTION_MEMORY",
          Place.of(file),
          "the file of restrictions that earlier runs read is not as it was written",
          "restore the state folder from its newest backup and find out who changed it");
    } catch (IOException unreadable) {
      throw unusable(file, "read", unreadable);
    }
  }

  /**
   * Remembers this instead of what was remembered.
   *
   * @throws ProblemException category TEMPORARY when it cannot be written; then nothing changed
   */
  public void keep(String subject, Remembered now) {
    Path file = file(subject);
    try {
      DurableFiles.replace(file, out -> write(subject, now, out));
    } catch (IOException refused) {
      throw unusable(file, "written", refused);
    }
  }

  private void write(String subject, Remembered now, DataOutputStream out) throws IOException {
    MessageDigest sha = Sha256.begin();
    DataOutputStream text =
        new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(out, sha)));
    text.writeBytes(HEADER + " " + now.lines() + " " + now.size() + "\n");
    byte[] digits = new byte[DIGITS];
    for (int i = 0; i < now.size(); i++) {
      for (int at = 0; at < DIGITS; at++) {
        digits[at] = (byte) Character.forDigit((int) (now.digest(i) >>> (60 - 4 * at)) & 0xF, 16);
      }
      text.write(digits);
      text.writeBytes(" " + now.on(i) + "\n");
    }
    text.flush();
    out.writeBytes(mac(subject, sha.digest()));
  }

  /** The lines before the last one, which authenticates them for their subject. */
  private ByteBuffer authentic(String subject, ByteBuffer text) {
    int end = text.limit() - mac(subject, new byte[0]).length();
    if (end < 0) {
      throw new IllegalArgumentException("this is not what was written");
    }
    MessageDigest sha = Sha256.begin();
    sha.update(text.slice(0, end));
    byte[] found = new byte[text.limit() - end];
    text.get(end, found);
    byte[] expected = mac(subject, sha.digest()).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(found, expected)) {
      throw new IllegalArgumentException("this is not what was written");
    }
    return text.slice(0, end);
  }

  /** The last line of a file, given SHA-256 of the lines before it. */
  private String mac(String subject, byte[] content) {
    String input = HEADER + "\n" + subject + "\n" + HexFormat.of().formatHex(content);
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    keyed.compute(bytes, 0, bytes.length, answer, 0);
    return "mac " + HexFormat.of().formatHex(answer) + "\n";
  }

  /** Reads lines that {@link #keep} wrote, in their order. */
  private static Remembered parse(ByteBuffer text) {
    text.position(HEADER.length() + 1);
    long lines = number(text, 10);
    int count = (int) number(text, 10);
    long[] digests = new long[count];
    int[] on = new int[count];
    for (int i = 0; i < count; i++) {
      digests[i] = number(text, 16);
      on[i] = (int) number(text, 10);
    }
    return new Remembered(lines, digests, on);
  }

  /** The next number, up to the blank or line end after it. */
  private static long number(ByteBuffer text, int radix) {
    long number = 0;
    for (byte digit = text.get(); digit > ' '; digit = text.get()) {
      number = number * radix + Character.digit(digit, radix);
    }
    return number;
  }

  private Path file(String subject) {
    return folder.resolve(Sha256.hex(subject).substring(0, NAME_DIGITS));
  }

  private static ProblemException unusable(Path file, String what, IOException why) {
    return ProblemException.of(
        DiskFailure.category(why),
        "RESTRICTION_MEMORY",
        Place.of(file),
        "the file of restrictions that runs read cannot be " + what,
        "check the permissions and the free space of the state folder");
  }
}
