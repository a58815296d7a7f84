package org.consentry.export.scan;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.EnumWord;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The identifiers of a source as keyed digests of normalised tokens: 8 bytes each, sorted, and half
 * a byte of index and up to two of a filter. Immutable; safe for any number of threads.
 *
 * <p>59 bits of a digest are {@link SipKey SipHash-2-4}, five are the token's class. Against 100
 * million entries of one class, a million other tokens meet one by chance with a probability of
 * 10^8 * 10^6 / 2^59 = 1.7 * 10^-4.
 *
 * <p><b>Security promise:</b> no text of the source can be read from the set or from its file. A
 * file is useless without the key of the run, which is never in it.
 */
public final class IdentifierSet {

  /** What an identifier is. */
  public enum Kind {
    /** A part of a name, from four letters on. */
    NAME,
    /** A number of six digits and more. */
    NUMBER,
    /** A telephone number without its area. */
    LOCAL_PHONE,
    EMAIL,
    /** House number and street. */
    STREET,
    /** A number with letters. */
    RECORD_NUMBER,
    /** A day of a person, beside that person's code. */
    DATE,
    /** The code under which a person is released. */
    SUBJECT;

    /** The word in files and pages. */
    public String word() {
      return EnumWord.of(this);
    }
  }

  private static final int PER_BUCKET = 8;

  private final SipKey key;

  /** In ascending order; those of a file are not in the heap. */
  private final LongBuffer sorted;

  private final int shift;
  private final int[] buckets;
  private final long[] sizes;

  /**
   * By class, eight to sixteen bits a digest, of which two in one word are its own; answers most
   * questions. That of a class with few digests stays in the cache.
   */
  private final long[][] filters = new long[Token.CLASSES][];

  private IdentifierSet(SipKey key, LongBuffer sorted) {
    this.key = key;
    this.sorted = sorted;
    int count = sorted.limit();
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(count / PER_BUCKET));
    shift = 64 - bits;
    buckets = new int[(1 << bits) + 1];
    sizes = new long[Token.CLASSES];
    for (int i = 0; i < count; i++) {
      sizes[Token.classOf(sorted.get(i))]++;
    }
    for (int i = 0; i < Token.CLASSES; i++) {
      filters[i] = new long[(int) Long.highestOneBit(Math.max(1, sizes[i] / 4))];
    }
    for (int i = 0; i < count; i++) {
      long digest = sorted.get(i);
      long[] filter = filters[Token.classOf(digest)];
      filter[filterWord(filter, digest)] |= filterBits(digest);
      buckets[bucket(digest) + 1]++;
    }
    for (int i = 1; i < buckets.length; i++) {
      buckets[i] += buckets[i - 1];
    }
  }

  /**
   * One set of many files, all written under the same key. The digests stay in a file of their own;
   * the heap has an index of two to three bytes a digest.
   *
   * @param all the file to write
   * @throws ProblemException of category TEMPORARY when it cannot be written
   */
  public static IdentifierSet merge(SipKey key, List<Path> parts, Path all) {
    try {
      DigestFile.merge(all, parts);
    } catch (IOException e) {
      throw unwritten(all, e);
    }
    return read(all, key);
  }

  /** How many different identifiers of a kind are in the set. */
  public long size(Kind kind) {
    long size = 0;
    for (int i = 0; i < Token.CLASSES; i++) {
      size += sizes[i] > 0 && Token.kind(i) == kind ? sizes[i] : 0;
    }
    return size;
  }

  /** The sizes of all kinds. */
  public Map<Kind, Long> sizes() {
    Map<Kind, Long> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, size(kind));
    }
    return all;
  }

  long sizeOf(int tokenClass) {
    return sizes[tokenClass];
  }

  /**
   * Writes the digests, without the key, to a file that only its owner can read.
   *
   * @return SHA-256 of the file, in hexadecimal digits
   */
  public String write(Path file) {
    return write(file, sorted);
  }

  private static String write(Path file, LongBuffer sorted) {
    try {
      return DigestFile.write(file, sorted);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static ProblemException unwritten(Path file, IOException why) {
    return problem(
        file, DiskFailure.category(why), "could not be written", "free the disk and resume");
  }

  /**
   * Reads what {@link #write} wrote under the same key.
   *
   * @throws ProblemException of category STALE when the file is absent or damaged
   */
  public static IdentifierSet read(Path file, SipKey key) {
    try {
      return new IdentifierSet(key, DigestFile.map(file));
    } catch (IOException damaged) {
      throw damaged(file);
    }
  }

  private static ProblemException damaged(Path file) {
    return problem(
        file, Category.STALE, "is absent or damaged", "abandon the run and start another");
  }

  private static ProblemException problem(Path file, Category category, String what, String hint) {
    return ProblemException.of(
        category,
        "SCAN_IDENTIFIERS",
        Place.of(String.valueOf(file.getFileName())),
        "the file with the digests of the source's identifiers " + what,
        hint);
  }

  SipKey key() {
    return key;
  }

  boolean has(long digest) {
    long[] filter = filters[Token.classOf(digest)];
    long bits = filterBits(digest);
    if ((filter[filterWord(filter, digest)] & bits) != bits) {
      return false;
    }
    int bucket = bucket(digest);
    for (int i = buckets[bucket]; i < buckets[bucket + 1]; i++) {
      long here = sorted.get(i);
      if (here >= digest) {
        return here == digest;
      }
    }
    return false;
  }

  private static int filterWord(long[] filter, long digest) {
    return (int) (digest >>> 11) & (filter.length - 1);
  }

  private static long filterBits(long digest) {
    return 1L << (digest >>> 5) | 1L << (digest >>> 40);
  }

  /** Digests are sorted as signed numbers, so the sign bit is turned first. */
  private int bucket(long digest) {
    return (int) ((digest ^ Long.MIN_VALUE) >>> shift);
  }

  static long digest(SipKey key, int tokenClass, byte[] bytes, int from, int to) {
    return (key.hash(bytes, from, to) & ~Token.CLASS_BITS) | tokenClass;
  }

  /** A day of a person: the person's digest and the day. */
  static long dateDigest(SipKey key, long subject, long epochDay) {
    return (key.hash(subject, epochDay) & ~Token.CLASS_BITS) | Token.DATE;
  }

  /** Whether a cell is a short number or an amount, which is never an identifier. */
  public static boolean isAmount(byte[] bytes, int start, int end) {
    return Amount.digits(bytes, start, end) != Amount.NONE;
  }

  /** Collects the identifiers of one split. Not thread-safe. */
  public static final class Builder {

    private final SipKey key;
    private final DigestList digests = new DigestList();
    private final byte[] plain = new byte[Token.LONGEST];
    private final SourceTokens tokens = new SourceTokens(this::put);
    private final SourceTokens keys =
        new SourceTokens(
            (tokenClass, token) -> {
              if (tokenClass != Token.NAME) {
                put(tokenClass, token);
              }
            });
    private final SourceTokens records =
        new SourceTokens(
            (tokenClass, token) -> {
              if (tokenClass == Token.RECORD) {
                put(tokenClass, token);
                isRecord = true;
              }
            });
    private boolean isRecord;

    /** Begins with nothing. */
    public Builder(SipKey key) {
      this.key = key;
    }

    /**
     * Adds the tokens of a direct identifier: names, numbers, e-mail addresses, streets. A value
     * without any, such as a name of three letters, adds nothing.
     */
    public void add(String value) {
      tokens.read(value);
    }

    /** As {@link #add(String)}, of UTF-8 bytes. */
    public void add(byte[] bytes, int start, int end) {
      add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }

    /** Adds the tokens of the key of a person: numbers, and numbers with letters; no names. */
    public void addKey(byte[] bytes, int start, int end) {
      int letters = lettersOfPlainKey(bytes, start, end);
      int digits = end - start - letters;
      if (letters == 0 || digits == 10 || digits == 11) { // Perhaps a telephone number.
        keys.read(new String(bytes, start, end - start, StandardCharsets.UTF_8));
      } else {
        addPlainKey(letters, end - start);
      }
    }

    /**
     * Adds the key of a record, such as a visit. One with letters counts as a whole: its digits
     * alone are often a serial number, which a column of other numbers meets.
     */
    public void addRecordKey(byte[] bytes, int start, int end) {
      if (lettersOfPlainKey(bytes, start, end) > 0) {
        digests.add(digest(key, Token.RECORD, plain, 0, end - start));
        return;
      }
      isRecord = false;
      records.read(new String(bytes, start, end - start, StandardCharsets.UTF_8));
      if (!isRecord) {
        addKey(bytes, start, end);
      }
    }

    /**
     * How many letters are before the number of a key, as most are written, which is then in {@code
     * plain} in capitals; 0 for any other key.
     */
    private int lettersOfPlainKey(byte[] bytes, int start, int end) {
      int size = end - start;
      int letters = 0;
      while (letters < size && isLetter(bytes[start + letters])) {
        letters++;
      }
      if (size > plain.length || size - letters < Token.SHORTEST) {
        return 0;
      }
      for (int i = 0; i < size; i++) {
        byte c = bytes[start + i];
        if (i >= letters && (c < '0' || c > '9')) {
          return 0;
        }
        plain[i] = i < letters ? (byte) (c & ~0x20) : c;
      }
      return letters;
    }

    private void addPlainKey(int letters, int size) {
      digests.add(digest(key, Token.RECORD, plain, 0, size));
      digests.add(digest(key, Token.number(size - letters), plain, letters, size));
      int zeros = letters;
      while (plain[zeros] == '0' && zeros + 1 < size) {
        zeros++;
      }
      if (zeros > letters && size - zeros >= Token.SHORTEST) {
        digests.add(digest(key, Token.number(size - zeros), plain, zeros, size));
      }
    }

    private static boolean isLetter(byte c) {
      return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** Adds the code under which a person is released. */
    public void addSubject(String code) {
      digests.add(subject(code));
    }

    /**
     * Adds a day of a person, which counts only in rows with that person's code.
     *
     * @param epochDay days since 1970-01-01
     */
    public void addDate(String code, long epochDay) {
      digests.add(dateDigest(key, subject(code), epochDay));
    }

    private long subject(String code) {
      byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
      return digest(key, Token.SUBJECT, bytes, 0, bytes.length);
    }

    private void put(int tokenClass, String token) {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      digests.add(digest(key, tokenClass, bytes, 0, bytes.length));
    }

    /**
     * Writes the digests of everything added so far, as {@link IdentifierSet#write} writes a set,
     * without the index that only a search needs.
     *
     * @return SHA-256 of the file, in hexadecimal digits
     */
    public String write(Path file) {
      return IdentifierSet.write(file, digests.view());
    }

    /** The set of everything added so far. */
    public IdentifierSet build() {
      return new IdentifierSet(key, digests.sorted());
    }
  }
}
