package org.consentry.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import tools.jackson.core.JacksonException;

/**
 * The figures that one release showed, and who was behind those that it counted itself. One file a
 * run, for its owner alone; the ledger's entry has its digest.
 *
 * <p>Layout, big-endian: a line that names the format; the length of the head and the head as JSON;
 * then for each person behind any count of the head, in the order of digests, the digest ({@value
 * Membership#DIGEST} bytes) and one bit a count, in the order of the head, the first in the lowest
 * bit of the first byte.
 *
 * <p><b>Security promise:</b> people are digests under the ledger's key.
 */
public final class FigureFile {

  private static final String MAGIC = "consentry-figures-1\n";

  private final Head head;
  private final ByteBuffer rows;

  private FigureFile(Head head, ByteBuffer rows) {
    this.head = head;
    this.rows = rows;
  }

  /**
   * What the file has beside people.
   *
   * @param base the run that counted again before, or at, this release
   * @param shown the figures
   * @param counts the counts whose people the file has
   */
  public record Head(String base, List<Shown> shown, List<Figure.Key> counts) {
    public Head {
      shown = List.copyOf(shown);
      counts = List.copyOf(counts);
    }
  }

  /**
   * A figure of a release.
   *
   * @param key what it counts
   * @param shown digits, or the word for few people
   * @param countedOn the day, ISO 8601
   * @param countedBy the run that counted it; another than the release's when it is repeated
   */
  record Shown(Figure.Key key, String shown, String countedOn, String countedBy) {

    static Shown of(Figure.Key key, Figure figure, String run) {
      return new Shown(key, figure.shown(), figure.countedOn().toString(), run);
    }

    Figure figure() {
      return new Figure(shown, LocalDate.parse(countedOn));
    }
  }

  /** The run that counted again before, or at, this release. */
  String base() {
    return head.base();
  }

  /** The figure that the release showed of a count. */
  Optional<Shown> of(Figure.Key key) {
    return head.shown().stream().filter(one -> one.key().equals(key)).findFirst();
  }

  /**
   * Who was behind the counts of the file.
   *
   * @param here the people of another run, whose numbers are used; any other person has a number
   *     behind theirs
   */
  Map<Figure.Key, BitSet> people(KeyedPeople here) {
    List<BitSet> sets = head.counts().stream().map(count -> new BitSet()).toList();
    byte[] digest = new byte[Membership.DIGEST];
    byte[] bits = new byte[width(sets.size())];
    ByteBuffer left = rows.duplicate();
    for (int stranger = here.count(); left.hasRemaining(); stranger++) {
      left.get(digest);
      left.get(bits);
      int known = here.find(digest);
      int person = known < 0 ? stranger : known;
      BitSet.valueOf(bits).stream().forEach(count -> sets.get(count).set(person));
    }
    Map<Figure.Key, BitSet> people = new HashMap<>();
    for (int count = 0; count < sets.size(); count++) {
      people.put(head.counts().get(count), sets.get(count));
    }
    return people;
  }

  private static int width(int counts) {
    return (counts + Byte.SIZE - 1) / Byte.SIZE;
  }

  /**
   * Writes a file in place of one that an earlier sealing of the run left; it is on the disk when
   * this returns.
   *
   * @param sets who is behind each count of the head, in its order
   * @return SHA-256 of the file, 64 lower-case hexadecimal digits
   * @throws ProblemException category TEMPORARY when the disk refuses
   */
  public static String write(Path file, Head head, Collection<BitSet> sets, KeyedPeople people) {
    try {
      return DurableFiles.replace(
          file,
          out -> {
            out.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
            byte[] json =
                StrictJson.MAPPER.writeValueAsString(head).getBytes(StandardCharsets.UTF_8);
            out.writeInt(json.length);
            out.write(json);
            write(out, List.copyOf(sets), people);
          });
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "FIGURES",
          Place.of(file),
          "the figures of the release cannot be written to the state folder",
          "check free space and permissions of the state folder, then resume the run");
    }
  }

  private static void write(DataOutputStream out, List<BitSet> sets, KeyedPeople people)
      throws IOException {
    int width = width(sets.size());
    byte[] bits = new byte[Math.multiplyExact(people.count(), width)];
    BitSet behindAny = new BitSet(people.count());
    for (int count = 0; count < sets.size(); count++) {
      BitSet set = sets.get(count);
      behindAny.or(set);
      for (int person = set.nextSetBit(0);
          isOf(people, person);
          person = set.nextSetBit(person + 1)) {
        bits[person * width + count / Byte.SIZE] |= (byte) (1 << count % Byte.SIZE);
      }
    }
    for (int place = 0; place < people.count(); place++) {
      int person = people.at(place);
      if (behindAny.get(person)) {
        out.write(people.digests(), person * Membership.DIGEST, Membership.DIGEST);
        out.write(bits, person * width, width);
      }
    }
  }

  private static boolean isOf(KeyedPeople people, int person) {
    return person >= 0 && person < people.count();
  }

  /**
   * Reads a file, all of it.
   *
   * @param sha256 its digest in the ledger
   * @throws ProblemException category VERIFY when it is gone or not the file the ledger names
   */
  static FigureFile read(Path file, String sha256) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (Sha256.hex(bytes.duplicate()).equals(sha256)) {
        return parse(bytes);
      }
    } catch (IOException
        | JacksonException
        | IllegalArgumentException
        | BufferUnderflowException unreadable) {
      throw missing(file.toString());
    }
    throw missing(file.toString());
  }

  private static FigureFile parse(ByteBuffer bytes) {
    byte[] magic = new byte[MAGIC.length()];
    bytes.get(magic);
    if (!MAGIC.equals(new String(magic, StandardCharsets.US_ASCII))) {
      throw new IllegalArgumentException("another format");
    }
    byte[] head = new byte[bytes.getInt()];
    bytes.get(head);
    return new FigureFile(StrictJson.MAPPER.readValue(head, Head.class), bytes.slice());
  }

  /** A file, or the release of a run, whose figures are not known any more. */
  static ProblemException missing(String what) {
    return ProblemException.of(
        Category.VERIFY,
        "FIGURES",
        Place.of(what),
        "the figures that an earlier release showed are missing or are not those of the ledger",
        "restore the file from a backup of the state folder");
  }
}
