package org.consentry.export.scan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Adds values of a Parquet column as the texts a person would write. Stateless. */
final class ParquetText {

  private static final long JULIAN_EPOCH = 2_440_588;
  private static final long NANOS_A_SECOND = 1_000_000_000;
  private static final long LAST_DAY = 3_000_000;
  private static final int LONGEST_NUMBER = 32;

  private ParquetText() {}

  /** Adds a value of a dictionary. */
  static void add(Dictionary dictionary, int id, PrimitiveType type, CellBytes to) {
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> to.add(String.valueOf(dictionary.decodeToBoolean(id)));
      case INT32 -> add(dictionary.decodeToInt(id), type, to);
      case INT64 -> add(dictionary.decodeToLong(id), type, to);
      case FLOAT -> to.add(Float.toString(dictionary.decodeToFloat(id)));
      case DOUBLE -> to.add(Double.toString(dictionary.decodeToDouble(id)));
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> add(dictionary.decodeToBinary(id), type, to);
    }
  }

  /** A value of statistics, as the footer has it. */
  static byte[] ofBytes(byte[] plain, PrimitiveType type) {
    ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    int size = plain.length;
    CellBytes to = new CellBytes(size + LONGEST_NUMBER);
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> {}
      case INT32, FLOAT -> {
        if (size != Integer.BYTES) {
          to.add(plain);
        } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT32) {
          add(bytes.getInt(), type, to);
        } else {
          to.add(Float.toString(bytes.getFloat()));
        }
      }
      case INT64, DOUBLE -> {
        if (size != Long.BYTES) {
          to.add(plain);
        } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
          add(bytes.getLong(), type, to);
        } else {
          to.add(Double.toString(bytes.getDouble()));
        }
      }
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY ->
          add(Binary.fromConstantByteArray(plain), type, to);
    }
    return to.toByteArray();
  }

  /** Adds a value of a column of whole numbers. */
  static void add(long value, PrimitiveType type, CellBytes to) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DateLogicalTypeAnnotation && Math.abs(value) <= LAST_DAY) {
      to.day(value);
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      to.decimal(value, decimal.getScale());
    } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      long perSecond =
          switch (timestamp.getUnit()) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS_A_SECOND;
          };
      timestamp(
          Math.floorDiv(value, perSecond),
          Math.floorMod(value, perSecond) * (NANOS_A_SECOND / perSecond),
          to);
    } else {
      to.number(value);
    }
  }

  private static void timestamp(long seconds, long nanos, CellBytes to) {
    if (Math.abs(seconds) > 100_000_000_000L) {
      to.number(seconds);
    } else {
      to.add(LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString());
    }
  }

  /** Adds a value of a column of bytes. */
  static void add(Binary value, PrimitiveType type, CellBytes to) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal && value.length() > 0) {
      BigInteger unscaled = new BigInteger(value.getBytesUnsafe());
      to.add(new BigDecimal(unscaled, decimal.getScale()).toPlainString());
    } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96 && value.length() == 12) {
      ByteBuffer parts = ByteBuffer.wrap(value.getBytesUnsafe()).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = parts.getLong();
      long day = parts.getInt() - JULIAN_EPOCH;
      timestamp(
          day * 86_400 + Math.floorDiv(nanos, NANOS_A_SECOND),
          Math.floorMod(nanos, NANOS_A_SECOND),
          to);
    } else if (logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
      to.add(HexFormat.of().formatHex(value.getBytesUnsafe()));
    } else {
      to.add(value.toByteBuffer());
    }
  }
}
