package org.consentry.sample;

import java.util.List;
import java.util.Set;

/**
 * One procedure line as the clinic codes it; codes only, no descriptors.
 *
 * @param code CPT or HCPCS
 * @param diagnoses ICD-10-CM codes separated by a bar
 * @param leastCharge dollars
 * @param mostCharge dollars
 */
record Operation(String code, String diagnoses, int leastCharge, int mostCharge) {
  private static final Set<String> DEVICE_CODES =
      Set.of("19325", "19340", "19342", "19357", "11970");

  /** Whether something with a serial number stays in the body. */
  boolean implantsDevice() {
    return DEVICE_CODES.contains(code);
  }

  /** What is done for patients who come for that care; empty when nothing is. */
  static List<Operation> of(Care care) {
    return switch (care) {
      case EYELID ->
          List.of(
              op("15823", "H02.831|H02.834|H53.483", 2400, 4800),
              op("15823", "H02.831|H02.834", 2400, 4800),
              op("15823", "H02.834|H53.40", 2400, 4800),
              op("15823", "H02.403|H53.483", 2600, 5200),
              op("15823", "H02.403|H02.831|H02.834", 2600, 5200),
              op("15822", "H02.831|H02.834", 1900, 3900),
              op("15822", "H02.34|H02.31", 1900, 3900),
              op("15822", "Z41.1", 2200, 4200),
              op("15822", "Z41.1|H02.834", 2200, 4200),
              op("15823", "G51.0|H02.834", 2600, 5000));
      case EYELID_COMPANION ->
          List.of(
              op("67904", "H02.403", 3100, 5200),
              op("67904", "H02.401", 3000, 5000),
              op("67908", "H02.402", 2800, 4700),
              op("67900", "H02.834", 2600, 4400),
              op("15820", "Z41.1", 1800, 3600),
              op("15821", "Z41.1", 1900, 3900),
              op("15821", "G51.0", 1900, 3900));
      case EYELID_OF_CHILD ->
          List.of(op("15823", "Q10.0|H02.403", 2900, 4800), op("15822", "Q10.0", 2600, 4400));
      case BREAST_RECONSTRUCTION ->
          List.of(
              op("19357", "Z42.1|Z85.3|Z90.11", 6200, 11800),
              op("19342", "Z42.1|Z90.12", 5200, 9800),
              op("19340", "C50.911|Z90.11", 5200, 9800),
              op("19364", "Z42.1|Z90.13", 14000, 29000),
              op("19380", "N65.0|Z85.3", 4100, 8800),
              op("19350", "Z42.1|Z90.11", 1500, 3400),
              op("11970", "Z42.1|Z85.3", 3900, 7400),
              op("19316", "N65.1|Z85.3", 4200, 8000),
              op("19371", "T85.44XA", 3800, 7200),
              op("19357", "Z40.01", 6200, 11800));
      case BREAST_COSMETIC ->
          List.of(
              op("19325", "Z41.1", 4800, 9200),
              op("19316", "Z41.1", 5100, 9400),
              op("19318", "N62", 6100, 11000),
              op("19328", "T85.42XA", 2600, 5200));
      case ABDOMEN ->
          List.of(
              op("15830", "L30.4|M79.3", 6900, 12800),
              op("15830", "E65", 6900, 12800),
              op("15830", "L98.7|Z98.84", 6900, 12800),
              op("15847", "Z41.1", 5900, 9900),
              op("15877", "Z41.1", 3900, 8800));
      case NOSE ->
          List.of(
              op("30410", "M95.0|S02.2XXS", 4900, 9900),
              op("30420", "J34.2|M95.0", 5900, 11000),
              op("30410", "Z41.1", 5200, 9900),
              op("30410", "Z41.1|J34.2", 5200, 9900),
              op("30520", "J34.2", 2900, 5100),
              op("30465", "J34.3", 4200, 7400),
              op("30450", "M95.0", 6900, 12000));
      case CLEFT ->
          List.of(
              op("40701", "Q37.9", 6900, 13200),
              op("40700", "Q36.9", 5200, 9800),
              op("42200", "Q35.9", 6100, 11400),
              op("30462", "Q36.9", 7100, 12800),
              op("69300", "Q17.5", 3100, 5900));
      case BURN ->
          List.of(
              op("15100", "T24.331A|T31.0", 4400, 9900),
              op("15120", "T20.39XA", 4900, 10800),
              op("14041", "T23.301S|L90.5", 2900, 6100),
              op("15271", "T22.311A", 2400, 5800));
      case SCAR ->
          List.of(
              op("13132", "L90.5", 900, 2600),
              op("13101", "L91.0", 900, 2400),
              op("14040", "L90.5|S01.81XS", 2100, 4800),
              op("15780", "L90.5", 900, 2800));
      case SKIN_CANCER ->
          List.of(
              op("14060", "C44.311", 2600, 5400),
              op("15260", "C44.311|Z85.828", 2900, 5900),
              op("11442", "C44.319", 600, 1900),
              op("14301", "C43.39", 3900, 7900));
      case INJECTION ->
          List.of(
              op("64612", "G51.0", 500, 1400),
              op("J0585", "Z41.1", 300, 1200),
              op("11951", "Z41.1", 400, 1300),
              op("15788", "Z41.1", 300, 900));
      case FACELIFT ->
          List.of(
              op("15828", "Z41.1", 7900, 15900),
              op("15824", "Z41.1", 4200, 7900),
              op("15829", "Z41.1", 6900, 13900),
              op("15828", "G51.0", 7900, 15900));
      case MALE_CHEST ->
          List.of(op("19300", "N62", 3900, 7900), op("19300", "Z41.1|N62", 3900, 7900));
      case EYELID_LONG_AGO ->
          List.of(
              op("15823", "H02.831|H02.834|H53.483", 2100, 3900),
              op("15822", "H02.834", 1700, 3100));
      case CONSULTATION_ONLY -> List.of();
    };
  }

  private static Operation op(String code, String diagnoses, int leastCharge, int mostCharge) {
    return new Operation(code, diagnoses, leastCharge, mostCharge);
  }
}
