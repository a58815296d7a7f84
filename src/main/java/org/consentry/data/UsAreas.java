package org.consentry.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The states of the United States, with their territories, the freely associated states and the
 * armed forces, by the two letters that the US Postal Service gives them.
 */
public final class UsAreas {

  private static final List<String> AREAS =
      List.of(
          "AA Armed Forces Americas",
          "AE Armed Forces Europe",
          "AK Alaska",
          "AL Alabama",
          "AP Armed Forces Pacific",
          "AR Arkansas",
          "AS American Samoa",
          "AZ Arizona",
          "CA California",
          "CO Colorado",
          "CT Connecticut",
          "DC District of Columbia",
          "DE Delaware",
          "FL Florida",
          "FM Federated States of Micronesia",
          "GA Georgia",
          "GU Guam",
          "HI Hawaii",
          "IA Iowa",
          "ID Idaho",
          "IL Illinois",
          "IN Indiana",
          "KS Kansas",
          "KY Kentucky",
          "LA Louisiana",
          "MA Massachusetts",
          "MD Maryland",
          "ME Maine",
          "MH Marshall Islands",
          "MI Michigan",
          "MN Minnesota",
          "MO Missouri",
          "MP Northern Mariana Islands",
          "MS Mississippi",
          "MT Montana",
          "NC North Carolina",
          "ND North Dakota",
          "NE Nebraska",
          "NH New Hampshire",
          "NJ New Jersey",
          "NM New Mexico",
          "NV Nevada",
          "NY New York",
          "OH Ohio",
          "OK Oklahoma",
          "OR Oregon",
          "PA Pennsylvania",
          "PR Puerto Rico",
          "PW Palau",
          "RI Rhode Island",
          "SC South Carolina",
          "SD South Dakota",
          "TN Tennessee",
          "TX Texas",
          "UT Utah",
          "VA Virginia",
          "VI US Virgin Islands",
          "VT Vermont",
          "WA Washington",
          "WI Wisconsin",
          "WV West Virginia",
          "WY Wyoming");

  private static final SortedMap<String, String> NAMES = names(AREAS);

  private UsAreas() {}

  /** Names by two-letter code, in the order of the codes. */
  public static SortedMap<String, String> names() {
    return NAMES;
  }

  private static SortedMap<String, String> names(List<String> areas) {
    SortedMap<String, String> names = new TreeMap<>();
    areas.forEach(area -> names.put(area.substring(0, 2), area.substring(3)));
    return Collections.unmodifiableSortedMap(names);
  }
}
