package org.consentry.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private static final String MAC = "mac ";
  private static final int NAME_DIGITS = 32;

  private final Path folder;
  private final Prf keyed;

  /** The memory of a state folder. */
  public RestrictionRecord(StateFolder state, LedgerKey key) {
    this.folder = state.restrictions();
    this.keyed = key.restrictions();
  }

  /**
   * What is remembered.
   *
   * @param lines consent lines that the last run read
   * @param restrictions keyed digests, and the line each was last seen on
   */
  public record Remembered(long lines, SortedMap<Long, Long> restrictions) {
    public Remembered {
      restrictions = Collections.unmodifiableSortedMap(new TreeMap<>(restrictions));
    }
  }

  /** The keyed digest of a restriction, given 16 bytes that identify it. */
  public long keyed(long high, long low) {
    byte[] input = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    byte[] answer = new byte[Prf.SIZE];
    keyed.compute(input, 0, input.length, answer, 0);
    return ByteBuffer.wrap(answer).getLong();
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
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
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
    StringBuilder text = new StringBuilder();
    text.append(HEADER).append(' ').append(now.lines()).append(' ');
    text.append(now.restrictions().size()).append('\n');
    now.restrictions()
        .forEach(
            (digest, line) ->
                text.append(HexFormat.of().toHexDigits(digest))
                    .append(' ')
                    .append(line)
                    .append('\n'));
    String mac = mac(subject, text.toString());
    text.append(MAC).append(mac).append('\n');
    Path file = file(subject);
    try {
      DurableFiles.createClosedFolder(folder);
      DurableFiles.replace(file, text.toString());
    } catch (IOException refused) {
      throw unusable(file, "written", refused);
    }
  }

  /** The lines before the last one, which authenticates them for their subject. */
  private List<String> authentic(String subject, String text) {
    int end = text.lastIndexOf(MAC);
    String content = text.substring(0, Math.max(end, 0));
    byte[] found = text.substring(content.length()).getBytes(StandardCharsets.UTF_8);
    byte[] expected = (MAC + mac(subject, content) + "\n").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(found, expected)) {
      throw new IllegalArgumentException("this is not what was written");
    }
    return content.lines().toList();
  }

  private String mac(String subject, String content) {
    byte[] input = (HEADER + "\n" + subject + "\n" + content).getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    keyed.compute(input, 0, input.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }

  /** Reads lines that {@link #keep} wrote. */
  private static Remembered parse(List<String> lines) {
    SortedMap<Long, Long> restrictions = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", 2);
      restrictions.put(HexFormat.fromHexDigitsToLong(words[0]), Long.parseLong(words[1]));
    }
    return new Remembered(Long.parseLong(lines.get(0).split(" ", 3)[1]), restrictions);
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
