package org.consentry.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.consentry.data.Sha256;

/**
 * How many people live in the area of all ZIP codes that begin with the same three digits: sums of
 * the populations of ZIP code tabulation areas, which approximate ZIP codes. Immutable.
 */
final class ZipPopulations {

  /** Areas with more people than this may be released (45 CFR 164.514(b)(2)(i)(B)(1)). */
  static final int MOST_RESTRICTED = 20_000;

  /** No tabulation area has the prefix: no inhabitant is known. */
  static final int UNKNOWN = -1;

  private final String id;
  private final int year;
  private final String sha256;
  private final int[] people;

  private ZipPopulations(String id, int year, String sha256, int[] people) {
    this.id = id;
    this.year = year;
    this.sha256 = sha256;
    this.people = people;
  }

  /**
   * The decennial census of 2020, Demographic and Housing Characteristics, table P1: 33,774
   * tabulation areas, 894 prefixes, Puerto Rico included.
   */
  static ZipPopulations census2020() {
    return Census2020.LIST;
  }

  /** Name of the list, as a mapping writes it. */
  String id() {
    return id;
  }

  /** Year of the count. */
  int year() {
    return year;
  }

  /** Digest of the bundled list, 64 lower-case hexadecimal digits. */
  String sha256() {
    return sha256;
  }

  /** People in the area of a prefix 0 to 999, or {@link #UNKNOWN}. */
  int people(int prefix) {
    return people[prefix];
  }

  /** Whether the prefix may be released as it is. */
  boolean isReleasable(int prefix) {
    return people[prefix] > MOST_RESTRICTED;
  }

  private static ZipPopulations parse(String id, int year, byte[] csv) {
    int[] people = new int[1000];
    Arrays.fill(people, UNKNOWN);
    new String(csv, StandardCharsets.US_ASCII)
        .lines()
        .skip(1)
        .forEach(
            line ->
                people[Integer.parseInt(line, 0, 3, 10)] =
                    Integer.parseInt(line, 4, line.length(), 10));
    return new ZipPopulations(id, year, Sha256.hex(csv), people);
  }

  /** Loaded with the class, when the first mapping asks for it. */
  private static final class Census2020 {

    static final ZipPopulations LIST = load();

    private static ZipPopulations load() {
      String resource = "zip3-census-2020.csv";
      try (InputStream in = ZipPopulations.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("the program lacks its resource " + resource);
        }
        return parse("census-2020", 2020, in.readAllBytes());
      } catch (IOException broken) {
        throw new UncheckedIOException("the program's resource " + resource, broken);
      }
    }
  }
}
