package org.consentry.export.scan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Words of streets in one form each (Publication 28 of the United States Postal Service, appendix
 * C1, the usual ones).
 */
final class StreetWords {

  private static final String SUFFIXES =
      "ALY ALLEY ALLY;ANX ANNEX;AVE AVENUE AV AVEN;BLVD BOULEVARD BOUL;BR BRANCH;BRG BRIDGE;BYP"
          + " BYPASS;CIR CIRCLE CIRC;CT COURT;CTS COURTS;CV COVE;CRES CRESCENT;XING CROSSING;DR"
          + " DRIVE DRV;EST ESTATE;EXPY EXPRESSWAY EXPWY;FWY FREEWAY;GDN GARDEN;GDNS GARDENS;GLN"
          + " GLEN;GRV GROVE;HTS HEIGHTS;HWY HIGHWAY;HL HILL;JCT JUNCTION;LN LANE;LNDG LANDING;LOOP"
          + " LOOPS;MNR MANOR;MDWS MEADOWS;ML MILL;OVPS OVERPASS;PARK PRK;PKWY PARKWAY PKY;PL"
          + " PLACE;PLZ PLAZA;PT POINT;RDG RIDGE;RD ROAD;ROW ROWS;SQ SQUARE;STA STATION;ST STREET"
          + " STR STRASSE;TER TERRACE TERR;TRL TRAIL;TPKE TURNPIKE;VIA VIADUCT;VW VIEW;VLG"
          + " VILLAGE;WALK WALKS;WAY WY;N NORTH;S SOUTH;E EAST;W WEST";

  private static final Map<String, String> CANONICAL = new TreeMap<>();

  private static final Set<String> UNITS =
      Set.of("UNIT", "APT", "APARTMENT", "STE", "SUITE", "FL", "FLOOR", "ROOM", "RM", "BOX");

  static {
    for (String line : SUFFIXES.split(";", -1)) {
      String[] words = line.split(" ", -1);
      for (String word : words) {
        CANONICAL.put(word, words[0]);
      }
    }
  }

  private StreetWords() {}

  static String canonical(String word) {
    return CANONICAL.getOrDefault(word, word);
  }

  /** A word that ends the name of a street, such as Street. */
  static boolean isSuffix(String word) {
    return CANONICAL.containsKey(word) && word.length() > 1;
  }

  /** A word before the number of a flat. */
  static boolean isUnit(String word) {
    return UNITS.contains(word);
  }
}
