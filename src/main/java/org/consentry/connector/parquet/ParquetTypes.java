package org.consentry.connector.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.Schema;

/**
 * Our types in Parquet's words. Every column is optional. A timestamp is local to the clinic, so it
 * is not adjusted to UTC; a decimal of up to nine digits takes 32 bits, a longer one on 64.
 */
public final class ParquetTypes {

  private static final int DIGITS_OF_INT32 = 9;

  private ParquetTypes() {}

  public static MessageType of(Schema schema) {
    List<Type> columns = schema.fields().stream().map(ParquetTypes::column).toList();
    return new MessageType(schema.table(), columns);
  }

  private static Type column(Field field) {
    FieldType type = field.type();
    Types.PrimitiveBuilder<PrimitiveType> column = Types.optional(physical(type)).as(logical(type));
    return column.named(field.name());
  }

  private static PrimitiveTypeName physical(FieldType type) {
    return switch (type.kind()) {
      case TEXT, CODE -> PrimitiveTypeName.BINARY;
      case DATE -> PrimitiveTypeName.INT32;
      case INTEGER, TIMESTAMP -> PrimitiveTypeName.INT64;
      case DECIMAL ->
          type.precision() <= DIGITS_OF_INT32 ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
    };
  }

  private static LogicalTypeAnnotation logical(FieldType type) {
    return switch (type.kind()) {
      case TEXT, CODE -> LogicalTypeAnnotation.stringType();
      case DATE -> LogicalTypeAnnotation.dateType();
      case INTEGER -> LogicalTypeAnnotation.intType(64, true);
      case TIMESTAMP -> LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS);
      case DECIMAL -> LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
    };
  }

  /**
   * The type of ours that is written as this column; empty when none is. Text and code are text.
   */
  public static Optional<FieldType> read(Type column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    if (!column.isPrimitive() || logical == null) {
      return Optional.empty();
    }
    return candidates(logical).stream()
        .filter(type -> logical(type).equals(logical))
        .filter(type -> physical(type) == column.asPrimitiveType().getPrimitiveTypeName())
        .findFirst();
  }

  private static List<FieldType> candidates(LogicalTypeAnnotation logical) {
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
      String word = "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
      return FieldType.parse(word).stream().toList();
    }
    return List.of(FieldType.TEXT, FieldType.INTEGER, FieldType.DATE, FieldType.TIMESTAMP);
  }
}
