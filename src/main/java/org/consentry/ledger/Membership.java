package org.consentry.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;

/**
 * Who is in a published release, as {@link MembershipWriter} wrote it: patients as digests under
 * the ledger's key, with their released codes, what their consent let out then, and from which to
 * which day they have released records. Read-only; safe for any number of threads.
 *
 * <p><b>Security promise:</b> it has no patient id, and without the ledger's key it cannot be asked
 * it about one; its text form shows a count.
 */
public final class Membership {

  /** Bytes of a patient's digest: half of an HMAC-SHA-256. */
  public static final int DIGEST = 16;

  /** Bytes of a code, without its prefix; a shorter one has zeros behind it. */
  public static final int CODE = Codes.SIZE;

  static final String MAGIC = "consentry-membership-1\n";

  private final MembershipHead head;
  private final List<int[]> grants;
  private final ByteBuffer rows;
  private final int size;
  private final int width;

  private Membership(MembershipHead head, List<int[]> grants, ByteBuffer rows, int size) {
    this.head = head;
    this.grants = grants;
    this.rows = rows;
    this.size = size;
    this.width = width(head);
  }

  /** Bytes of one member. */
  static int width(MembershipHead head) {
    return DIGEST + Integer.BYTES + CODE * head.codes().size() + 8 * head.tables().size();
  }

  /**
   * Reads a file, all of it.
   *
   * @param sha256 its digest in the ledger
   * @throws ProblemException category VERIFY when it is gone or not the file the ledger speaks of
   */
  public static Membership read(Path file, String sha256) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (!Sha256.hex(bytes.duplicate()).equals(sha256)) {
        throw damaged(file, "the list of who is in the release is not the one of the ledger");
      }
      return parse(bytes);
    } catch (NoSuchFileException gone) {
      throw damaged(file, "the list of who is in the release is gone");
    } catch (IOException | RuntimeException unreadable) {
      if (unreadable instanceof ProblemException known) {
        throw known;
      }
      throw damaged(file, "the list of who is in the release cannot be read");
    }
  }

  private static ProblemException damaged(Path file, String message) {
    return ProblemException.of(
        Category.VERIFY,
        "MEMBERSHIP",
        Place.of(file),
        message,
        "restore the file from a backup of the state folder");
  }

  private static Membership parse(ByteBuffer bytes) {
    byte[] magic = take(bytes, MAGIC.length());
    if (!MAGIC.equals(new String(magic, StandardCharsets.US_ASCII))) {
      throw new IllegalArgumentException("another format");
    }
    MembershipHead head = head(take(bytes, bytes.getInt()));
    List<int[]> grants = new ArrayList<>();
    for (int left = bytes.getInt(); left > 0; left--) {
      int[] words = new int[bytes.getInt()];
      for (int i = 0; i < words.length; i++) {
        words[i] = bytes.getInt();
      }
      grants.add(words);
    }
    int size = bytes.getInt();
    if (bytes.remaining() != (long) size * width(head)) {
      throw new IllegalArgumentException("another number of members");
    }
    return new Membership(head, grants, bytes.slice(), size);
  }

  private static byte[] take(ByteBuffer bytes, int length) {
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  private static MembershipHead head(byte[] json) {
    try {
      return StrictJson.MAPPER.readValue(json, MembershipHead.class);
    } catch (JacksonException damaged) {
      throw new IllegalArgumentException("not a head");
    }
  }

  /** The description of the release. */
  public MembershipHead head() {
    return head;
  }

  /** How many patients are in the release, those included of whom only a code may be in it. */
  public int size() {
    return size;
  }

  /** The number of a patient, from 0; empty when the patient is not in the release. */
  public OptionalInt find(byte[] digest) {
    byte[] candidate = new byte[DIGEST];
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      rows.get(middle * width, candidate);
      int order = Arrays.compareUnsigned(candidate, digest);
      if (order == 0) {
        return OptionalInt.of(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return OptionalInt.empty();
  }

  /** The digest of a member. */
  public byte[] digest(int member) {
    byte[] digest = new byte[DIGEST];
    rows.get(member * width, digest);
    return digest;
  }

  /** What consent let out of a member, as {@code Grants.words()}. */
  public int[] grants(int member) {
    return grants.get(rows.getInt(member * width + DIGEST)).clone();
  }

  /**
   * A code of a member as it is released, by its position in the head; empty when the member has
   * none.
   */
  public Optional<String> code(int member, int code) {
    byte[] text = new byte[CODE];
    rows.get(member * width + DIGEST + Integer.BYTES + code * CODE, text);
    CodeForm form = new CodeForm(head.codes().get(code).prefix());
    return text[0] == 0
        ? Optional.empty()
        : Optional.of(form.of(new String(text, 0, form.ownSize(), StandardCharsets.US_ASCII)));
  }

  /** The first day of a member's records in a table, by its position in the head. */
  public int first(int member, int table) {
    return rows.getInt(days(member, table));
  }

  /** The last day; before the first when there are no records. */
  public int last(int member, int table) {
    return rows.getInt(days(member, table) + Integer.BYTES);
  }

  /**
   * Whether a record of the member is released; of one without any, a code may be in records of
   * others at most.
   */
  public boolean hasRecords(int member) {
    return IntStream.range(0, head.tables().size())
        .anyMatch(table -> first(member, table) <= last(member, table));
  }

  private int days(int member, int table) {
    return member * width + DIGEST + Integer.BYTES + CODE * head.codes().size() + 8 * table;
  }

  /** Shows how many patients there are and nothing else. */
  @Override
  public String toString() {
    return "Membership[" + size + " patients]";
  }
}
