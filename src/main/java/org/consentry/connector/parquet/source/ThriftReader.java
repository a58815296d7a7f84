package org.consentry.connector.parquet.source;

import java.nio.charset.StandardCharsets;

/**
 * Reads Thrift's compact protocol, in which Parquet writes footers and page headers. Every length
 * is compared with the bytes that are there before anything is made of it, so that no declared
 * length costs memory. Not thread-safe.
 */
final class ThriftReader {

  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int I16 = 4;
  static final int I32 = 5;
  static final int I64 = 6;
  static final int DOUBLE = 7;
  static final int BINARY = 8;
  static final int LIST = 9;
  static final int SET = 10;
  static final int MAP = 11;
  static final int STRUCT = 12;

  private static final int MOST_DEPTH = 32;
  private static final int LONGEST_VARINT = 10;

  /** Reads the value of a field, or leaves it to {@link ThriftReader#skip()}. */
  interface Field {
    void read(int id);
  }

  /** The bytes end within what is read. */
  static final class CutOff extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CutOff() {
      super("the bytes end too early", null, false, false);
    }
  }

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;
  private int depth;

  ThriftReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.type = STRUCT;
  }

  /** Position of the next byte. */
  int position() {
    return at;
  }

  /** Reads a structure field by field. */
  void struct(Field field) {
    require(STRUCT);
    enter();
    int id = 0;
    for (int head = next(); head != 0; head = next()) {
      int step = head >>> 4;
      id = step == 0 ? (int) zigzag() : id + step;
      type = head & 15;
      field.read(id);
    }
    depth--;
  }

  /** Reads a list, whose elements have the type. */
  void list(int elements, Runnable element) {
    require(LIST);
    enter();
    int head = next();
    int size = head >>> 4 == 15 ? size(varint()) : head >>> 4;
    if (size > 0 && (head & 15) != elements) {
      throw new Damage("has a list of another type than expected in its metadata");
    }
    if (size > end - at) {
      throw new CutOff();
    }
    for (int i = 0; i < size; i++) {
      type = elements;
      element.run();
    }
    depth--;
  }

  /** A whole number. */
  long number() {
    if (type == BYTE) {
      return (byte) next();
    }
    if (type < I16 || type > I64) {
      throw wrongType();
    }
    return zigzag();
  }

  /** A whole number of 32 bits. */
  int int32() {
    long value = number();
    if (value != (int) value) {
      throw new Damage("has a number of more than 32 bits in its metadata");
    }
    return (int) value;
  }

  boolean bool() {
    if (type != TRUE && type != FALSE) {
      throw wrongType();
    }
    return type == TRUE;
  }

  String text() {
    require(BINARY);
    int length = size(varint());
    if (length > end - at) {
      throw new CutOff();
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Passes over a value of any type. */
  void skip() {
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case I16, I32, I64 -> varint();
      case DOUBLE -> advance(8);
      case BINARY -> advance(size(varint()));
      case LIST, SET -> {
        enter();
        int head = next();
        int size = head >>> 4 == 15 ? size(varint()) : head >>> 4;
        for (int i = 0; i < size; i++) {
          skipElement(head & 15);
        }
        depth--;
      }
      case MAP -> {
        enter();
        int size = size(varint());
        int types = size == 0 ? 0 : next();
        for (int i = 0; i < size; i++) {
          skipElement(types >>> 4);
          skipElement(types & 15);
        }
        depth--;
      }
      case STRUCT -> struct(id -> skip());
      default -> throw wrongType();
    }
  }

  private void skipElement(int elementType) {
    if (elementType == TRUE || elementType == FALSE) {
      next();
      return;
    }
    type = elementType;
    skip();
  }

  private void advance(int count) {
    if (count > end - at) {
      throw new CutOff();
    }
    at += count;
  }

  private void enter() {
    if (++depth > MOST_DEPTH) {
      throw new Damage("has metadata nested more than " + MOST_DEPTH + " levels deep");
    }
  }

  private void require(int expected) {
    if (type != expected) {
      throw wrongType();
    }
  }

  private static Damage wrongType() {
    return new Damage("has a value of another type than expected in its metadata");
  }

  private static int size(long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new Damage("has a length of more than 2 GiB in its metadata");
    }
    return (int) value;
  }

  private int next() {
    if (at >= end) {
      throw new CutOff();
    }
    return bytes[at++] & 0xFF;
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int b = next();
      value |= (long) (b & 0x7F) << (7 * i);
      if (b < 0x80) {
        return value;
      }
    }
    throw new Damage("has a number of more than ten bytes in its metadata");
  }
}
