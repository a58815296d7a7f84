package org.consentry.benchmark;

import static org.consentry.benchmark.CsvRow.mix;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The people of a clinic that never was and their consent lines. Of ten patients seven have a valid
 * consent, one withdrew and two never signed for research.
 *
 * @param count how many
 * @param consents how many consent lines each of them has
 */
record People(int count, Consents consents) {

  /** Consent lines of a patient. */
  enum Consents {
    /** One for those who signed, and one more for those who withdrew: 0.9 on average. */
    FEW,
    /** Three, of which those about marketing do not concern the study. */
    THREE
  }

  /** The youngest were of age when they signed. */
  private static final int FIRST_BIRTH = (int) LocalDate.of(1922, 1, 1).toEpochDay();

  private static final int BIRTH_DAYS = 26_900;

  private static final String PERMIT =
      ",PERMIT,ACTIVE,2014-05-06T09:00:00,2014-05-06T09:05:00,2014-05-06,,NONE,BROAD_CONSENT,"
          + "BROAD,3.1,"
          + "0123456789abcdef".repeat(4)
          + ",PATIENT,,NA,%s,,*,*,*,*,*,,,,AZ,paper";
  private static final String RESEARCH = String.format(PERMIT, "HRESCH");
  private static final String MARKETING = String.format(PERMIT, "HMARKT");
  private static final String WITHDRAW =
      ",WITHDRAW,ACTIVE,2024-02-03T10:00:00,2024-02-03T10:05:00,2024-02-03,,NONE,BROAD_CONSENT,"
          + "BROAD,3.1,,PATIENT,,NA,,,,,,,,,*,,AZ,paper";
  private static final String DENY =
      ",DENY,ACTIVE,2024-02-03T10:00:00,2024-02-03T10:05:00,2024-02-03,,NONE,BROAD_CONSENT,"
          + "BROAD,3.1,,PATIENT,,NA,HMARKT,,,,,,,,,,AZ,paper";

  /** How many people and consent lines, for people. */
  String title() {
    return consents == Consents.THREE
        ? String.format(Locale.ROOT, "%,d patients with %,d consent lines", count, 3L * count)
        : String.format(Locale.ROOT, "%,d patients", count);
  }

  /** Writes {@code patients.csv} and {@code consents.csv} into a folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    CsvRow row = new CsvRow();
    try (OutputStream out = open(folder.resolve("patients.csv"))) {
      out.write("patient_id,date_of_birth\n".getBytes(StandardCharsets.UTF_8));
      for (int p = 0; p < count; p++) {
        row.patient(p);
        row.put(',');
        row.date(FIRST_BIRTH + (int) (mix(p, 1) % BIRTH_DAYS));
        row.end(out);
      }
    }
    try (OutputStream out = open(folder.resolve("consents.csv"))) {
      out.write(
          ("line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,"
                  + "expiry_event,legal_basis,form_id,form_version,evidence_sha256,signer_role,"
                  + "signer_authority,assent,purposes,duo,studies,recipients,data_from,data_to,"
                  + "categories_in,categories_ex,revokes,supersedes,jurisdiction,source\n")
              .getBytes(StandardCharsets.UTF_8));
      for (int p = 0; p < count; p++) {
        switch (consents) {
          case FEW -> few(row, out, p);
          case THREE -> three(row, out, p);
        }
      }
    }
  }

  static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
  }

  /** A patient with a valid consent. */
  int consented() {
    int p = 0;
    while (kind(p) > 6) {
      p++;
    }
    return p;
  }

  /** Up to 6: consented; 7: consented and withdrew; 8 and 9: never signed for research. */
  private static long kind(int p) {
    return mix(p, 2) % 10;
  }

  private static void few(CsvRow row, OutputStream out, int p) throws IOException {
    if (kind(p) < 8) {
      line(row, out, 'C', p, RESEARCH);
    }
    if (kind(p) == 7) {
      line(row, out, 'W', p, WITHDRAW);
    }
  }

  private static void three(CsvRow row, OutputStream out, int p) throws IOException {
    line(row, out, 'C', p, kind(p) < 8 ? RESEARCH : MARKETING);
    line(row, out, 'M', p, MARKETING);
    line(row, out, 'W', p, kind(p) == 7 ? WITHDRAW : DENY);
  }

  private static void line(CsvRow row, OutputStream out, char kind, int patient, String rest)
      throws IOException {
    row.put(kind);
    row.number(patient, 8);
    row.put(',');
    row.patient(patient);
    row.put(rest);
    row.end(out);
  }
}
