package org.consentry.operator;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The state or territory that the first three digits of a ZIP code belong to, as the United States
 * Postal Service assigns them (Publication 65, first digits of ZIP codes by state). A prefix that
 * serves two states counts as the one that has most of its ZIP codes.
 */
final class ZipStates {

  /** First prefix, last prefix and state, ascending. */
  private static final String RANGES =
      "005 005 NY,006 007 PR,008 008 VI,009 009 PR,010 027 MA,028 029 RI,030 038 NH,039 049 ME,050 054 VT,"
          + "055 055 MA,056 059 VT,060 062 CT,063 063 CT,064 069 CT,070 089 NJ,100 149 NY,150 196 PA,"
          + "197 199 DE,200 200 DC,201 201 VA,202 205 DC,206 212 MD,214 219 MD,220 246 VA,"
          + "247 268 WV,270 289 NC,290 299 SC,300 319 GA,320 339 FL,341 349 FL,350 369 AL,"
          + "370 385 TN,386 397 MS,398 399 GA,400 427 KY,430 459 OH,460 479 IN,480 499 MI,"
          + "500 528 IA,530 549 WI,550 567 MN,569 569 DC,570 577 SD,580 588 ND,590 599 MT,"
          + "600 629 IL,630 658 MO,660 679 KS,680 693 NE,700 714 LA,716 729 AR,730 732 OK,"
          + "733 733 TX,734 749 OK,750 799 TX,800 816 CO,820 831 WY,832 838 ID,840 847 UT,"
          + "850 865 AZ,870 884 NM,885 885 TX,889 898 NV,900 961 CA,967 968 HI,969 969 GU,"
          + "970 979 OR,980 994 WA,995 999 AK";

  private static final Map<String, String> STATES = states();

  private ZipStates() {}

  /** The two letters of a prefix's state; the prefix itself when it is of none. */
  static String of(String prefix) {
    return STATES.getOrDefault(prefix, prefix);
  }

  private static Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    for (String range : RANGES.split(",", -1)) {
      String[] words = range.split(" ", -1);
      for (int prefix = Integer.parseInt(words[0]);
          prefix <= Integer.parseInt(words[1]);
          prefix++) {
        states.put(String.format(Locale.ROOT, "%03d", prefix), words[2]);
      }
    }
    return Map.copyOf(states);
  }
}
