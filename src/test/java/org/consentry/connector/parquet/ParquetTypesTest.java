package org.consentry.connector.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our types in Parquet's words and back, and what its footer has beside them. */
final class ParquetTypesTest {

  private static Type column(FieldType type) {
    return ParquetTypes.of(new Schema("t", List.of(new Field("c", type, "")))).getType(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text           | optional binary c (STRING)
          code           | optional binary c (STRING)
          integer        | optional int64 c (INTEGER(64,true))
          date           | optional int32 c (DATE)
          timestamp      | optional int64 c (TIMESTAMP(MICROS,false))
          decimal(1,0)   | optional int32 c (DECIMAL(1,0))
          decimal(9,2)   | optional int32 c (DECIMAL(9,2))
          decimal(10,2)  | optional int64 c (DECIMAL(10,2))
          decimal(18,18) | optional int64 c (DECIMAL(18,18))
          """)
  void writesEachTypeAsOneColumnThatMayBeMissing(String type, String column) {
    assertThat(column(FieldType.parse(type).orElseThrow())).hasToString(column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "integer", "date", "timestamp", "decimal(9,2)", "decimal(10,2)"})
  void readsBackWhatItWrote(String word) {
    FieldType type = FieldType.parse(word).orElseThrow();

    assertThat(ParquetTypes.read(column(type))).contains(type);
  }

  @Test
  void readsACodeAsText() {
    assertThat(ParquetTypes.read(column(FieldType.CODE))).contains(FieldType.TEXT);
  }

  private static Optional<FieldType> read(
      PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
    Types.PrimitiveBuilder<PrimitiveType> column = Types.optional(physical).as(logical);
    return ParquetTypes.read(column.named("c"));
  }

  @Test
  void readsNoColumnOfAnotherForm() {
    assertThat(read(PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, true))).isEmpty();
    assertThat(read(PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, false))).isEmpty();
    assertThat(
            read(
                PrimitiveTypeName.INT64,
                LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS)))
        .isEmpty();
    assertThat(
            read(
                PrimitiveTypeName.INT64,
                LogicalTypeAnnotation.timestampType(false, LogicalTypeAnnotation.TimeUnit.MILLIS)))
        .isEmpty();
    assertThat(read(PrimitiveTypeName.INT64, LogicalTypeAnnotation.decimalType(2, 9))).isEmpty();
    assertThat(read(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType())).isEmpty();
    assertThat(ParquetTypes.read(Types.optional(PrimitiveTypeName.DOUBLE).named("c"))).isEmpty();
    assertThat(ParquetTypes.read(Types.optionalGroup().addField(column(FieldType.DATE)).named("g")))
        .isEmpty();
  }

  private static Map<String, String> footer(Map<String, String> metadata, Field... fields) {
    return ColumnDescriptions.footer(new Schema("vis\"its", List.of(fields)), metadata);
  }

  @Test
  void theFooterDescribesColumnsAsJson() {
    String own =
        footer(
                Map.of(),
                new Field("a\\b", FieldType.TEXT, "line\nbreak\tand \"quotes\""),
                new Field("plain", FieldType.TEXT, ""))
            .get("consentry");

    JsonNode json = JsonMapper.builder().build().readTree(own);
    assertThat(json.path("table").asString()).isEqualTo("vis\"its");
    assertThat(json.path("columns").propertyNames()).containsExactly("a\\b");
    assertThat(json.path("columns").path("a\\b").asString())
        .isEqualTo("line\nbreak\tand \"quotes\"");
  }

  @Test
  void theTextsOfTheCallerWin() {
    assertThat(footer(Map.of("PANDAS_ATTRS", "mine", "a", "b"), new Field("c", FieldType.TEXT, "")))
        .containsEntry("PANDAS_ATTRS", "mine")
        .containsEntry("a", "b")
        .containsKey("consentry");
  }
}
