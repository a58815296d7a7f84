package org.consentry.connector.parquet.source;

import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * What comes before the bytes of a page.
 *
 * @param uncompressed bytes of the page when it is decompressed
 * @param compressed bytes of the page in the file
 * @param checksum CRC-32 of these, where the file has one
 * @param values number of values, missing ones too
 * @param encoding number of the encoding of the values
 * @param levelEncoding number of the encoding of the definition levels of a page of version 1
 * @param levels bytes of the definition levels of a page of version 2, which are not compressed
 * @param body whether the values are compressed
 */
record PageHeader(
    Kind kind,
    int uncompressed,
    int compressed,
    OptionalInt checksum,
    int values,
    int encoding,
    int levelEncoding,
    int levels,
    Body body) {

  /** The most bytes of a page that are read; writers stop at 1 to 100 MB. */
  static final int MOST_BYTES = 1 << 27;

  /** The kinds of pages, in the order of the format's numbers. */
  enum Kind {
    DATA,
    INDEX,
    DICTIONARY,
    DATA_2
  }

  /** How the values of a page are in the file. */
  enum Body {
    COMPRESSED,
    AS_IT_IS
  }

  /** Not thread-safe. */
  private static final class Facts {
    private int kind = -1;
    private int uncompressed = -1;
    private int compressed = -1;
    private OptionalInt checksum = OptionalInt.empty();
    private int values = -1;
    private int rows = -1;
    private int encoding = -1;
    private int levelEncoding = -1;
    private int levels;
    private int repetition;
    private Body body = Body.COMPRESSED;
  }

  static PageHeader read(ThriftReader in) {
    Facts facts = new Facts();
    in.struct(
        id -> {
          switch (id) {
            case 1 -> facts.kind = in.int32();
            case 2 -> facts.uncompressed = in.int32();
            case 3 -> facts.compressed = in.int32();
            case 4 -> facts.checksum = OptionalInt.of(in.int32());
            case 5 -> in.struct(part -> data(in, part, facts));
            case 7 -> in.struct(part -> dictionary(in, part, facts));
            case 8 -> in.struct(part -> data2(in, part, facts));
            default -> in.skip();
          }
        });
    return checked(facts);
  }

  private static void data(ThriftReader in, int part, Facts facts) {
    switch (part) {
      case 1 -> facts.values = in.int32();
      case 2 -> facts.encoding = in.int32();
      case 3 -> facts.levelEncoding = in.int32();
      default -> in.skip();
    }
  }

  private static void dictionary(ThriftReader in, int part, Facts facts) {
    switch (part) {
      case 1 -> facts.values = in.int32();
      case 2 -> facts.encoding = in.int32();
      default -> in.skip();
    }
  }

  private static void data2(ThriftReader in, int part, Facts facts) {
    switch (part) {
      case 1 -> facts.values = in.int32();
      case 3 -> facts.rows = in.int32();
      case 4 -> facts.encoding = in.int32();
      case 5 -> facts.levels = in.int32();
      case 6 -> facts.repetition = in.int32();
      case 7 -> facts.body = in.bool() ? Body.COMPRESSED : Body.AS_IT_IS;
      default -> in.skip();
    }
  }

  private static PageHeader checked(Facts facts) {
    if (facts.kind < 0 || facts.kind >= Kind.values().length) {
      throw new Damage("has a page of an unknown kind");
    }
    Kind kind = Kind.values()[facts.kind];
    if (facts.uncompressed < 0 || facts.compressed < 0) {
      throw new Damage("has a page of less than no bytes");
    }
    if (facts.uncompressed > MOST_BYTES) {
      throw new Damage("has a page of more than " + (MOST_BYTES >> 20) + " MiB");
    }
    if (kind != Kind.INDEX && (facts.values < 0 || facts.encoding < 0)) {
      throw new Damage("has a page without a number of values or an encoding");
    }
    if (kind == Kind.DATA_2
        && (facts.rows != facts.values
            || facts.repetition != 0
            || facts.levels < 0
            || facts.levels > Math.min(facts.compressed, facts.uncompressed))) {
      throw new Damage("has a page with levels or rows that do not fit its values");
    }
    return new PageHeader(
        kind,
        facts.uncompressed,
        facts.compressed,
        facts.checksum,
        facts.values,
        facts.encoding,
        facts.levelEncoding,
        facts.levels,
        facts.body);
  }

  /** The bytes of the page, decompressed. */
  byte[] decompress(byte[] page, Codec codec) {
    requireChecksum(page);
    byte[] out = new byte[uncompressed];
    System.arraycopy(page, 0, out, 0, levels);
    Codec used = body == Body.COMPRESSED ? codec : Codec.UNCOMPRESSED;
    if (uncompressed > levels || compressed > levels) {
      used.decompress(page, levels, compressed - levels, out, levels);
    }
    return out;
  }

  private void requireChecksum(byte[] page) {
    if (checksum.isPresent()) {
      CRC32 crc = new CRC32();
      crc.update(page);
      if ((int) crc.getValue() != checksum.getAsInt()) {
        throw new Damage("has a page whose bytes do not have its checksum");
      }
    }
  }
}
