package org.consentry.connector.parquet.source;

import java.util.List;
import java.util.Optional;

/**
 * What the values of a column mean.
 *
 * @param kind the meaning
 * @param scale digits after the point of a decimal
 * @param bits of a whole number, or of float16
 * @param unit of a time
 * @param zone whether a time is in UTC or the clinic's own
 */
record LogicalType(Kind kind, int scale, int bits, Unit unit, Zone zone) {

  /** The meanings. */
  enum Kind {
    TEXT,
    DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    SIGNED,
    UNSIGNED,
    UNKNOWN,
    UUID,
    FLOAT16,
    BSON,
    INTERVAL,
    GEOMETRY,
    NESTED
  }

  /** The units of a time: so many make a second. */
  enum Unit {
    MILLIS(1_000),
    MICROS(1_000_000),
    NANOS(1_000_000_000);

    private final int second;

    Unit(int second) {
      this.second = second;
    }

    int second() {
      return second;
    }
  }

  /** What a time refers to. */
  enum Zone {
    LOCAL,
    UTC
  }

  /** The kinds by the numbers of the format's union; those without details of their own. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.UNKNOWN, // no such number
          Kind.TEXT,
          Kind.NESTED,
          Kind.NESTED,
          Kind.TEXT, // a word of a list
          Kind.DECIMAL,
          Kind.DATE,
          Kind.TIME,
          Kind.TIMESTAMP,
          Kind.INTERVAL,
          Kind.SIGNED,
          Kind.UNKNOWN,
          Kind.TEXT, // JSON
          Kind.BSON,
          Kind.UUID,
          Kind.FLOAT16,
          Kind.NESTED,
          Kind.GEOMETRY,
          Kind.GEOMETRY);

  private static LogicalType of(Kind kind) {
    return new LogicalType(kind, 0, 0, Unit.MICROS, Zone.LOCAL);
  }

  private static LogicalType time(Kind kind, Unit unit, Zone zone) {
    return new LogicalType(kind, 0, 0, unit, zone);
  }

  private static LogicalType whole(int bits, boolean signed) {
    return new LogicalType(signed ? Kind.SIGNED : Kind.UNSIGNED, 0, bits, Unit.MICROS, Zone.LOCAL);
  }

  /** Not thread-safe. */
  private static final class Facts {
    private Kind kind = Kind.UNKNOWN;
    private boolean known;
    private int scale;
    private int bits;
    private boolean flag;
    private Unit unit = Unit.MICROS;
  }

  static LogicalType read(ThriftReader in) {
    Facts facts = new Facts();
    in.struct(
        id -> {
          if (id < 1 || id >= KINDS.size()) {
            throw new Damage("has a column of an unknown logical type");
          }
          facts.kind = KINDS.get(id);
          facts.known = true;
          in.struct(part -> detail(in, part, facts));
        });
    if (!facts.known) {
      throw new Damage("has a column of an unknown logical type");
    }
    return switch (facts.kind) {
      case SIGNED -> whole(facts.bits, facts.flag);
      case TIME, TIMESTAMP -> time(facts.kind, facts.unit, facts.flag ? Zone.UTC : Zone.LOCAL);
      case DECIMAL -> new LogicalType(Kind.DECIMAL, facts.scale, 0, Unit.MICROS, Zone.LOCAL);
      default -> of(facts.kind);
    };
  }

  private static void detail(ThriftReader in, int part, Facts facts) {
    switch (facts.kind) {
      case DECIMAL -> {
        int number = in.int32();
        facts.scale = part == 1 ? number : facts.scale;
      }
      case SIGNED -> {
        if (part == 1) {
          facts.bits = in.int32();
        } else {
          facts.flag = in.bool();
        }
      }
      case TIME, TIMESTAMP -> {
        if (part == 1) {
          facts.flag = in.bool();
        } else {
          in.struct(
              unit -> {
                if (unit < 1 || unit > Unit.values().length) {
                  throw new Damage("has a time of an unknown unit");
                }
                facts.unit = Unit.values()[unit - 1];
                in.skip();
              });
        }
      }
      default -> in.skip();
    }
  }

  /** The older words for the same, by their numbers; empty where there is none. */
  static Optional<LogicalType> converted(int number, int scale, int precision) {
    return switch (number) {
      case -1 -> Optional.empty();
      case 0, 4, 19 -> Optional.of(of(Kind.TEXT));
      case 1, 2, 3 -> Optional.of(of(Kind.NESTED));
      case 5 -> Optional.of(new LogicalType(Kind.DECIMAL, scale, 0, Unit.MICROS, Zone.LOCAL));
      case 6 -> Optional.of(of(Kind.DATE));
      case 7 -> Optional.of(time(Kind.TIME, Unit.MILLIS, Zone.UTC));
      case 8 -> Optional.of(time(Kind.TIME, Unit.MICROS, Zone.UTC));
      case 9 -> Optional.of(time(Kind.TIMESTAMP, Unit.MILLIS, Zone.UTC));
      case 10 -> Optional.of(time(Kind.TIMESTAMP, Unit.MICROS, Zone.UTC));
      case 11, 12, 13, 14 -> Optional.of(whole(8 << (number - 11), false));
      case 15, 16, 17, 18 -> Optional.of(whole(8 << (number - 15), true));
      case 20 -> Optional.of(of(Kind.BSON));
      case 21 -> Optional.of(of(Kind.INTERVAL));
      default -> throw new Damage("has a column of an unknown converted type");
    };
  }
}
