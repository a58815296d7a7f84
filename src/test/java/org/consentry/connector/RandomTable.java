package org.consentry.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.PowersOfTen;
import org.jspecify.annotations.Nullable;

/**
 * Random rows over all types, in the shapes that part encoders: few values, many values, runs,
 * sorted, mostly missing, all missing, short and long text with everything CSV fears.
 */
public final class RandomTable {

  private static final String[] PIECES = {
    "a", "B7", ",", "\"", "\n", "\r\n", " ", "é", "日本", "😀", "'", ";", "word", "=", "0123456789"
  };

  private RandomTable() {}

  public static Table make(SplittableRandom random, int rows) {
    List<Field> fields = new ArrayList<>();
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (FieldType type :
        List.of(
            FieldType.TEXT,
            FieldType.CODE,
            FieldType.INTEGER,
            FieldType.DATE,
            FieldType.TIMESTAMP,
            FieldType.decimal(9, 2),
            FieldType.decimal(1, 1),
            FieldType.decimal(18, 4),
            FieldType.decimal(12, 0))) {
      for (Shape shape : Shape.values()) {
        fields.add(new Field("c" + fields.size() + "_" + shape, type, ""));
        columns.add(shape.column(random.split(), type, rows));
      }
    }
    return Table.of(fields, columns);
  }

  /** How the values of a column are spread. */
  enum Shape {
    FEW {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        List<@Nullable Object> few = MANY.column(random, type, 7);
        return Table.generate(rows, row -> few.get(random.nextInt(7)));
      }
    },
    MANY {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        return Table.generate(rows, row -> random.nextInt(9) == 0 ? null : value(random, type));
      }
    },
    ALWAYS {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        return Table.generate(rows, row -> value(random, type));
      }
    },
    RUNS {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        List<@Nullable Object> column = new ArrayList<>();
        while (column.size() < rows) {
          Object value = random.nextInt(4) == 0 ? null : value(random, type);
          for (int left = random.nextInt(60); left >= 0 && column.size() < rows; left--) {
            column.add(value);
          }
        }
        return column;
      }
    },
    RARE {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        return Table.generate(rows, row -> random.nextInt(500) == 0 ? value(random, type) : null);
      }
    },
    MISSING {
      @Override
      List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows) {
        return Table.generate(rows, row -> null);
      }
    };

    abstract List<@Nullable Object> column(SplittableRandom random, FieldType type, int rows);
  }

  private static Object value(SplittableRandom random, FieldType type) {
    return switch (type.kind()) {
      case TEXT, CODE -> text(random);
      case INTEGER -> extreme(random, Long.MIN_VALUE + 1, Long.MAX_VALUE);
      // The years DuckDB reads from CSV; Parquet's own limits are tested apart.
      case DATE -> extreme(random, -719_162, 2_932_896);
      case TIMESTAMP -> extreme(random, -62_135_596_800_000_000L, 253_402_300_799_999_999L);
      case DECIMAL -> {
        long limit = PowersOfTen.of(type.precision());
        yield extreme(random, 1 - limit, limit - 1);
      }
    };
  }

  private static Long extreme(SplittableRandom random, long min, long max) {
    return switch (random.nextInt(12)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> 0L;
      case 3 -> Math.max(min, -1L);
      case 4, 5, 6 -> Math.max(min, Math.min(max, random.nextLong(-1000, 1000)));
      default -> max == Long.MAX_VALUE ? random.nextLong(min, max) : random.nextLong(min, max + 1);
    };
  }

  private static String text(SplittableRandom random) {
    int pieces = random.nextInt(40) == 0 ? 300 : 1 + random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
