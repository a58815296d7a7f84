package org.consentry.sample;

import java.util.List;

/** Where patients live: towns, their ZIP codes and area codes, which are public facts. */
final class Places {

  /** One town with one of its postal codes, as the front desk would type it. */
  record Place(String city, String state, String zip, String areaCode) {}

  /** Most patients come from around the clinic. */
  static final List<Place> NEAR =
      List.of(
          new Place("Phoenix", "AZ", "85004", "602"),
          new Place("Phoenix", "AZ", "85016", "602"),
          new Place("Phoenix", "AZ", "85032", "602"),
          new Place("Scottsdale", "AZ", "85251", "480"),
          new Place("Scottsdale", "AZ", "85255", "480"),
          new Place("Mesa", "AZ", "85201", "480"),
          new Place("Tempe", "AZ", "85281", "480"),
          new Place("Glendale", "AZ", "85301", "623"),
          new Place("Tucson", "AZ", "85701", "520"),
          new Place("Flagstaff", "AZ", "86001", "928"),
          new Place("Window Rock", "AZ", "86515", "928"),
          new Place("Yuma", "AZ", "85364", "928"),
          new Place("Las Vegas", "NV", "89012", "702"),
          new Place("Albuquerque", "NM", "87102", "505"),
          new Place("San Diego", "CA", "92101", "619"));

  /** ZIP3 areas of 20,000 people or fewer in the census of 2020: three digits become 000. */
  static final List<Place> RESTRICTED =
      List.of(
          new Place("Ely", "NV", "89301", "775"),
          new Place("Socorro", "NM", "87801", "575"),
          new Place("Truth or Consequences", "NM", "87901", "575"),
          new Place("Tucumcari", "NM", "88401", "575"),
          new Place("Rawlins", "WY", "82301", "307"),
          new Place("Yellowstone National Park", "WY", "82190", "307"),
          new Place("Valentine", "NE", "69201", "402"),
          new Place("Grand Marais", "MN", "55604", "218"),
          new Place("Butler", "AL", "36904", "205"),
          new Place("Averill", "VT", "05901", "802"),
          new Place("Alstead", "NH", "03602", "603"),
          new Place("New York", "NY", "10282", "212"),
          new Place("Washington", "DC", "20301", "202"),
          new Place("Washington", "DC", "20401", "202"),
          new Place("Houston", "TX", "77201", "713"));

  /** Codes of soldiers abroad and of islands outside the census table: 000 as well. */
  static final List<Place> UNCOUNTED =
      List.of(
          new Place("APO", "AE", "09012", "703"),
          new Place("FPO", "AP", "96201", "703"),
          new Place("APO", "AA", "34002", "703"),
          new Place("Charlotte Amalie", "VI", "00802", "340"),
          new Place("Hagåtña", "GU", "96910", "671"));

  /**
   * Postal codes whose zeros a spreadsheet has eaten, and the nine digits of ZIP+4 in both
   * spellings.
   */
  static final List<Place> MISTYPED =
      List.of(
          new Place("Cambridge", "MA", "2139", "617"),
          new Place("Springfield", "MA", "1103", "413"),
          new Place("Alstead", "NH", "3602", "603"),
          new Place("Averill", "VT", "5901", "802"),
          new Place("Adjuntas", "PR", "601", "787"),
          new Place("Phoenix", "AZ", "85004-1234", "602"),
          new Place("Scottsdale", "AZ", "85251-3901", "480"),
          new Place("Phoenix", "AZ", "850161107", "602"),
          new Place("Phoenix", "AZ", " 85032", "602"),
          new Place("Tucson", "AZ", "85701-", "520"),
          new Place("Tempe", "AZ", "8528I", "480"),
          new Place("Mesa", "AZ", "00000", "480"),
          new Place("Glendale", "AZ", "unknown", "623"),
          new Place("Yuma", "AZ", "", "928"));

  /** Codes that are no ZIP codes at all. */
  static final List<Place> FOREIGN =
      List.of(
          new Place("Toronto", "", "M5V 2T6", "416"),
          new Place("Calgary", "", "T2P1J9", "403"),
          new Place("London", "", "SW1A 1AA", "44 20"),
          new Place("Hamilton", "", "HM 12", "441"));

  /** True ZIP codes that begin with a zero. */
  static final List<Place> LEADING_ZERO =
      List.of(
          new Place("Norwich", "CT", "06301", "860"),
          new Place("Cambridge", "MA", "02139", "617"),
          new Place("Adjuntas", "PR", "00601", "787"));

  private Places() {}

  /** Draws a town; about one patient in seven brings a postal code that needs care. */
  static Place draw(Draws draws) {
    int dice = draws.below(1000);
    if (dice < 45) {
      return draws.pick(RESTRICTED);
    }
    if (dice < 60) {
      return draws.pick(UNCOUNTED);
    }
    if (dice < 120) {
      return draws.pick(MISTYPED);
    }
    if (dice < 132) {
      return draws.pick(FOREIGN);
    }
    if (dice < 150) {
      return draws.pick(LEADING_ZERO);
    }
    return draws.pick(NEAR);
  }
}
