package org.consentry.export.scan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The values of a Parquet column as the text a person would write. Stateless. */
final class ParquetText {

  private static final long JULIAN_EPOCH = 2_440_588;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  private ParquetText() {}

  /** The value that a reader is at. */
  static byte[] of(ColumnReader reader, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> ascii(String.valueOf(reader.getBoolean()));
      case INT32 -> whole(reader.getInteger(), type);
      case INT64 -> whole(reader.getLong(), type);
      case FLOAT -> ascii(Float.toString(reader.getFloat()));
      case DOUBLE -> ascii(Double.toString(reader.getDouble()));
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> binary(reader.getBinary(), type);
    };
  }

  /** A value of a dictionary. */
  static byte[] of(Dictionary dictionary, int id, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> ascii(String.valueOf(dictionary.decodeToBoolean(id)));
      case INT32 -> whole(dictionary.decodeToInt(id), type);
      case INT64 -> whole(dictionary.decodeToLong(id), type);
      case FLOAT -> ascii(Float.toString(dictionary.decodeToFloat(id)));
      case DOUBLE -> ascii(Double.toString(dictionary.decodeToDouble(id)));
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> binary(dictionary.decodeToBinary(id), type);
    };
  }

  /** A value of statistics, as the footer has it. */
  static byte[] ofBytes(byte[] plain, PrimitiveType type) {
    ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> plain.length == 4 ? whole(bytes.getInt(), type) : plain;
      case INT64 -> plain.length == 8 ? whole(bytes.getLong(), type) : plain;
      case FLOAT -> plain.length == 4 ? ascii(Float.toString(bytes.getFloat())) : plain;
      case DOUBLE -> plain.length == 8 ? ascii(Double.toString(bytes.getDouble())) : plain;
      case BOOLEAN -> ascii("");
      case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> binary(Binary.fromConstantByteArray(plain), type);
    };
  }

  private static byte[] whole(long value, PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DateLogicalTypeAnnotation) {
      return Math.abs(value) > 3_000_000
          ? ascii(Long.toString(value))
          : ascii(LocalDate.ofEpochDay(value).toString());
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return ascii(BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      long perSecond =
          switch (timestamp.getUnit()) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS_A_SECOND;
          };
      return timestamp(
          Math.floorDiv(value, perSecond),
          Math.floorMod(value, perSecond) * (NANOS_A_SECOND / perSecond));
    }
    return ascii(Long.toString(value));
  }

  private static byte[] timestamp(long seconds, long nanos) {
    return Math.abs(seconds) > 100_000_000_000L
        ? ascii(Long.toString(seconds))
        : ascii(LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString());
  }

  private static byte[] binary(Binary value, PrimitiveType type) {
    byte[] bytes = value.getBytesUnsafe();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal && bytes.length > 0) {
      return ascii(new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString());
    }
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96 && bytes.length == 12) {
      ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = parts.getLong();
      long day = parts.getInt() - JULIAN_EPOCH;
      return timestamp(
          day * 86_400 + Math.floorDiv(nanos, NANOS_A_SECOND),
          Math.floorMod(nanos, NANOS_A_SECOND));
    }
    boolean isUuid = logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
    return isUuid ? ascii(HexFormat.of().formatHex(bytes)) : bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
