package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers with check digits, made here by other formulas than those of the detectors. */
final class GeneratedNumbersTest {

  private static final long SEED = 20261129;
  private static final int CASES = 2000;
  private static final Detectors DETECTORS = Detectors.usual();

  private final Random random = new Random(SEED);

  @Test
  void findsEveryCardAndNoneWithAnotherCheckDigit() {
    for (int i = 0; i < CASES; i++) {
      String body = pick("4", "51", "55", "2221", "2720", "6011", "65") + digits(20);
      String card = withLuhn(body.substring(0, 15));

      // A plain number with the partition of SNOMED CT may be an identifier of that instead.
      boolean snomed = card.charAt(13) == '1' && card.charAt(14) <= '2';
      assertThat(snomed || DETECTORS.of(card).contains(ContentKind.CARD_NUMBER)).as(card).isTrue();
      assertThat(DETECTORS.of(grouped(card))).as(card).contains(ContentKind.CARD_NUMBER);
      assertThat(DETECTORS.of(changed(card))).as(card).doesNotContain(ContentKind.CARD_NUMBER);
    }
  }

  @Test
  void findsEveryProviderNumberAndNoneWithAnotherCheckDigit() {
    int snomed = 0;
    for (int i = 0; i < CASES; i++) {
      String npi = withLuhn("80840" + pick("1", "2") + digits(8)).substring(5);
      boolean phone = DETECTORS.of(npi).contains(ContentKind.PHONE);
      boolean found = DETECTORS.of(npi).contains(ContentKind.LICENSE_NUMBER);
      snomed += found || phone ? 0 : 1;

      assertThat(DETECTORS.of(changed(npi))).as(npi).doesNotContain(ContentKind.LICENSE_NUMBER);
      assertThat(DETECTORS.of("NPI " + npi)).as(npi).contains(ContentKind.LICENSE_NUMBER);
    }

    // One of some hundred numbers is an identifier of SNOMED CT as well.
    assertThat(snomed).isLessThan(CASES / 100);
  }

  @Test
  void findsEveryTelephoneNumberInAllForms() {
    List<String> forms =
        List.of(
            "(%s) %s-%s",
            "%s-%s-%s", "%s.%s.%s", "%s %s %s", "%s%s%s", "+1 %s %s %s", "1-%s-%s-%s");
    for (int i = 0; i < CASES; i++) {
      String area = pick("201", "212", "303", "415", "480", "505", "602", "713", "808", "928");
      String exchange =
          pick("2", "3", "4", "5", "6", "7", "8", "9") + pick("0", "2", "3") + digit();
      for (String form : forms) {
        String phone = String.format(Locale.ROOT, form, area, exchange, digits(4));
        assertThat(DETECTORS.of(phone)).as(phone).contains(ContentKind.PHONE);
      }
      String service = "(" + area + ") 411-" + digits(4);
      assertThat(DETECTORS.of(service)).as(service).doesNotContain(ContentKind.PHONE);
    }
  }

  @Test
  void findsEveryDateInAllForms() {
    for (int i = 0; i < CASES; i++) {
      java.time.LocalDate day = java.time.LocalDate.of(1900, 1, 1).plusDays(random.nextInt(54_000));
      for (String form :
          List.of(
              "yyyy-MM-dd",
              "M/d/yyyy",
              "MM/dd/yy",
              "d.M.yyyy",
              "yyyyMMdd",
              "d MMM yyyy",
              "MMMM d, yyyy",
              "dd-MMM-yy",
              "ddMMMyyyy",
              "yyyy-MM-dd'T'00:00",
              "d/M/yyyy")) {
        String date =
            day.atStartOfDay()
                .format(java.time.format.DateTimeFormatter.ofPattern(form, Locale.ENGLISH));
        assertThat(DETECTORS.of(date)).as(date).contains(ContentKind.DATE);
        assertThat(DETECTORS.of("seen on " + date + ".")).as(date).contains(ContentKind.DATE);
      }
    }
  }

  @Test
  void findsEveryVehicleNumberAndBankAccount() {
    for (int i = 0; i < CASES; i++) {
      String iban = iban("DE", digits(18));
      assertThat(DETECTORS.of(iban)).as(iban).contains(ContentKind.ACCOUNT_NUMBER);
      assertThat(DETECTORS.of(changed(iban))).as(iban).doesNotContain(ContentKind.ACCOUNT_NUMBER);
    }
  }

  @Test
  void findsNothingInRandomCodesOfReleases() {
    int found = 0;
    for (int i = 0; i < 50 * CASES; i++) {
      StringBuilder code = new StringBuilder();
      for (int c = 0; c < 26; c++) {
        code.append((char) ('a' + random.nextInt(26)));
      }
      found += DETECTORS.of(code).isEmpty() ? 0 : 1;
      found += DETECTORS.of(code.toString().toUpperCase(Locale.ROOT)).isEmpty() ? 0 : 1;
      found +=
          DETECTORS.of(new java.util.UUID(random.nextLong(), random.nextLong()).toString()).size();
      found += DETECTORS.of(digits(2) + "." + digits(2)).size();
      found += DETECTORS.of(digits(5)).size();
    }

    assertThat(found).isZero();
  }

  private String digit() {
    return Integer.toString(random.nextInt(10));
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The number with its last digit changed. */
  private String changed(String number) {
    int last = number.length() - 1;
    int digit = number.charAt(last) - '0';
    return number.substring(0, last) + (digit + 1 + random.nextInt(9)) % 10;
  }

  private static String withLuhn(String body) {
    for (char check = '0'; check <= '9'; check++) {
      String number = body + check;
      int sum = 0;
      for (int i = 0; i < number.length(); i++) {
        int digit = number.charAt(number.length() - 1 - i) - '0';
        sum += i % 2 == 0 ? digit : "0246813579".charAt(digit) - '0';
      }
      if (sum % 10 == 0) {
        return number;
      }
    }
    throw new AssertionError("no check digit");
  }

  private static String grouped(String card) {
    return String.join(
        " ", card.substring(0, 4), card.substring(4, 8), card.substring(8, 12), card.substring(12));
  }

  private static String iban(String country, String account) {
    String letters = "" + (country.charAt(0) - 'A' + 10) + (country.charAt(1) - 'A' + 10);
    java.math.BigInteger number = new java.math.BigInteger(account + letters + "00");
    int check = 98 - number.mod(java.math.BigInteger.valueOf(97)).intValue();
    return country + (check < 10 ? "0" : "") + check + account;
  }
}
