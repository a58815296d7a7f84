package org.consentry.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes who is in a release: one file a run, for its owner alone, on the disk when this returns.
 * The digest it gives goes into the ledger's entry, which binds the file to the chain.
 *
 * <p>Layout, big-endian: a line that names the format; the length of the head and the head as JSON;
 * the number of grants, and of each its length and words; the number of members, and of each, in
 * the order of their digests: digest (16 bytes), number of its grants (4), each code (26), and for
 * each table the first and the last day of its records (4 and 4).
 */
public final class MembershipWriter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MembershipWriter() {}

  /** The members as they are asked for, one by one; numbered from 0. */
  public interface Members {

    /** How many there are. */
    int count();

    /** Copies the digest of a member, {@value Membership#DIGEST} bytes, to a position. */
    void digest(int member, byte[] into, int at);

    /** Which of the grants the member has. */
    int grants(int member);

    /**
     * Copies one code of a member, {@value Membership#CODE} bytes; leaves zeros when it has none.
     */
    void code(int member, int code, byte[] into, int at);

    /** The first day of the member's records in a table; after the last when there is none. */
    int first(int member, int table);

    /** The last day. */
    int last(int member, int table);
  }

  /**
   * Writes a file in place of one an earlier sealing of the run left.
   *
   * @param grants different grants, as {@code Grants.words()}
   * @return SHA-256 of the file, 64 lower-case hexadecimal digits
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public static String write(Path file, MembershipHead head, List<int[]> grants, Members members) {
    try {
      return DurableFiles.replace(file, out -> write(out, head, grants, members));
    } catch (IOException refused) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "MEMBERSHIP",
          Place.of(file.toString()),
          "who is in the release cannot be written to the ledger",
          "check free space and permissions of the state folder, then resume the run");
    }
  }

  private static void write(
      DataOutputStream out, MembershipHead head, List<int[]> grants, Members members)
      throws IOException {
    out.write(Membership.MAGIC.getBytes(StandardCharsets.US_ASCII));
    byte[] json = JSON.writeValueAsString(head).getBytes(StandardCharsets.UTF_8);
    out.writeInt(json.length);
    out.write(json);
    out.writeInt(grants.size());
    for (int[] words : grants) {
      out.writeInt(words.length);
      for (int word : words) {
        out.writeInt(word);
      }
    }
    out.writeInt(members.count());
    byte[] digests = new byte[Math.multiplyExact(members.count(), Membership.DIGEST)];
    for (int member = 0; member < members.count(); member++) {
      members.digest(member, digests, member * Membership.DIGEST);
    }
    byte[] code = new byte[Membership.CODE];
    for (int member : inOrder(digests, members.count())) {
      out.write(digests, member * Membership.DIGEST, Membership.DIGEST);
      out.writeInt(members.grants(member));
      for (int i = 0; i < head.codes().size(); i++) {
        Arrays.fill(code, (byte) 0);
        members.code(member, i, code, 0);
        out.write(code);
      }
      for (int table = 0; table < head.tables().size(); table++) {
        out.writeInt(members.first(member, table));
        out.writeInt(members.last(member, table));
      }
    }
  }

  /**
   * Numbers of people by digest, so that their order carries no information and one is found by
   * halving.
   */
  static int[] inOrder(byte[] digests, int count) {
    long[] keyed = new long[count];
    for (int member = 0; member < count; member++) {
      int at = member * Membership.DIGEST;
      long head = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        head = head << 8 | (digests[at + i] & 0xff);
      }
      keyed[member] = head << 31 | member;
    }
    Arrays.sort(keyed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) (keyed[i] & Integer.MAX_VALUE);
      for (int j = i; j > 0 && compare(digests, order[j - 1], order[j]) > 0; j--) {
        int other = order[j];
        order[j] = order[j - 1];
        order[j - 1] = other;
      }
    }
    return order;
  }

  private static int compare(byte[] digests, int one, int other) {
    int a = one * Membership.DIGEST;
    int b = other * Membership.DIGEST;
    return Arrays.compareUnsigned(
        digests, a, a + Membership.DIGEST, digests, b, b + Membership.DIGEST);
  }
}
