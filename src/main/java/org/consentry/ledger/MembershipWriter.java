package org.consentry.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.DurableFiles;
import org.consentry.problem.DiskFailure;
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

  /** The members as they are asked for, numbered from 0 in the order of their digests. */
  public interface Members {

    /** How many there are. */
    int count();

    /** Copies the digest of a member, {@value Membership#DIGEST} bytes, to a position. */
    void digest(int member, byte[] into, int at);

    /** Which of the grants the member has. */
    int grants(int member);

    /**
     * Copies one code of a member without its prefix, at most {@value Membership#CODE} bytes;
     * leaves zeros when it has none.
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
   * @param members those of the release; the order of their digests carries no information, and one
   *     is found in it by halving
   * @return SHA-256 of the file, 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException when the members are in another order; nothing is written then
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public static String write(Path file, MembershipHead head, List<int[]> grants, Members members) {
    try {
      return DurableFiles.replace(file, out -> write(out, head, grants, members));
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "MEMBERSHIP",
          Place.of(file),
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
    ByteBuffer row = ByteBuffer.allocate(Membership.width(head));
    byte[] before = new byte[Membership.DIGEST];
    for (int member = 0; member < members.count(); member++) {
      byte[] bytes = row.array();
      Arrays.fill(bytes, (byte) 0);
      members.digest(member, bytes, 0);
      if (Arrays.compareUnsigned(before, 0, before.length, bytes, 0, before.length) > 0) {
        throw new IllegalArgumentException("members are not in the order of their digests");
      }
      System.arraycopy(bytes, 0, before, 0, before.length);
      row.position(Membership.DIGEST).putInt(members.grants(member));
      for (int i = 0; i < head.codes().size(); i++) {
        members.code(member, i, row.array(), row.position());
        row.position(row.position() + Membership.CODE);
      }
      for (int table = 0; table < head.tables().size(); table++) {
        row.putInt(members.first(member, table)).putInt(members.last(member, table));
      }
      out.write(row.array());
    }
  }
}
