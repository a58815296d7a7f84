package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prefixes of ZIP codes are of the state where their people live. */
final class ZipStatesTest {

  /** Resident population of the states, the District of Columbia and Puerto Rico, Census 2020. */
  private static final String CENSUS =
      "AK 733391,AL 5024279,AR 3011524,AZ 7151502,CA 39538223,CO 5773714,CT 3605944,DC 689545,"
          + "DE 989948,FL 21538187,GA 10711908,HI 1455271,IA 3190369,ID 1839106,IL 12812508,"
          + "IN 6785528,KS 2937880,KY 4505836,LA 4657757,MA 7029917,MD 6177224,ME 1362359,"
          + "MI 10077331,MN 5706494,MO 6154913,MS 2961279,MT 1084225,NC 10439388,ND 779094,"
          + "NE 1961504,NH 1377529,NJ 9288994,NM 2117522,NV 3104614,NY 20201249,OH 11799448,"
          + "OK 3959353,OR 4237256,PA 13002700,PR 3285874,RI 1097379,SC 5118425,SD 886667,"
          + "TN 6910840,TX 29145505,UT 3271616,VA 8631393,VT 643077,WA 7705281,WI 5893718,"
          + "WV 1793716,WY 576851";

  private static String prefix(int number) {
    return String.format(Locale.ROOT, "%03d", number);
  }

  /** A wrong prefix would move at least 20,000 people, more than this of all but large states. */
  @Test
  void peopleOfTheAreasOfAStateAreThoseOfItsCensus() {
    ZipPopulations list = ZipPopulations.census2020();
    Map<String, Long> people = new TreeMap<>();
    for (int prefix : ZipPopulationsTest.prefixes()) {
      people.merge(ZipStates.of(prefix(prefix)), (long) list.people(prefix), Long::sum);
    }

    Map<String, Long> census = new TreeMap<>();
    for (String state : CENSUS.split(",", -1)) {
      census.put(state.substring(0, 2), Long.parseLong(state.substring(3)));
    }
    assertThat(people.keySet()).isEqualTo(census.keySet());
    census.forEach(
        (state, all) ->
            assertThat(people.getOrDefault(state, 0L) / (double) all)
                .as(state)
                .isBetween(0.997, 1.003));
  }

  @ParameterizedTest
  @CsvSource({
    "008, VI", "009, PR", "063, CT", "201, VA", "569, DC", "733, TX", "885, TX", "969, GU"
  })
  void prefixesApartFromThoseOfTheirState(String prefix, String state) {
    assertThat(ZipStates.of(prefix)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"000", "001", "090", "340", "962"})
  void aPrefixOfNoStateStays(String prefix) {
    assertThat(ZipStates.of(prefix)).isEqualTo(prefix);
  }
}
