package org.consentry.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes the files of a clinic that never was: patients, their consent lines and visits of 20
 * columns and about 260 bytes. The same numbers give the same bytes. Of ten patients seven have a
 * valid consent, one withdrew and two never signed.
 */
final class Clinic {

  private static final long SEED = 20_260_101;
  private static final int FIRST_VISIT = (int) LocalDate.of(2015, 1, 1).toEpochDay();
  private static final int VISIT_DAYS = 4_000;

  /** The youngest were of age when they signed. */
  private static final int FIRST_BIRTH = (int) LocalDate.of(1922, 1, 1).toEpochDay();

  private static final int BIRTH_DAYS = 26_900;

  private static final byte[][] DEPARTMENTS =
      bytes("plastic surgery", "ophthalmology", "dermatology", "aftercare", "oculoplastics");
  private static final byte[][] PROVIDERS =
      bytes("Dr. Alvarez", "Dr. Brunner", "Dr. Chen", "Dr. Dubois", "RN Garc\u00EDa", "RN Hoang");
  private static final byte[][] DIAGNOSES =
      bytes("H02.401", "H02.831", "N62", "Z42.1", "J34.2", "H02.103", "L90.5", "H02.32");
  private static final byte[][] PROCEDURES =
      bytes("15822", "15823", "67904", "67908", "19316", "19318", "30410", "99213");
  private static final byte[][] INSURERS =
      bytes("Blue Cross Blue Shield", "Aetna", "Medicare", "United Healthcare", "self");
  private static final byte[][] STATES = bytes("completed", "no-show", "cancelled");
  private static final byte[][] NOTES =
      bytes(
          "Seen for follow-up after upper lid surgery and doing well; sutures come out on Tuesday"
              + " of next week",
          "\"Pt states \"\"much better\"\", wound dry, no sign of infection, to return in 4 weeks"
              + " or when needed\"",
          "No complaints today; photographs taken; vision unchanged on both sides; reassured and"
              + " sent home again",
          "\"Discussed risks, benefits and alternatives at length, all questions answered, wishes"
              + " to proceed\"",
          "\"Called about swelling.\n"
              + "Advised cold compresses and rest, call again if it gets worse before Monday\"",
          "Se\u00F1ora reports dry eyes in the morning; lubricating drops at night; control visit"
              + " in three months",
          "Routine review of scar; silicone sheets continued for another month; result satisfactory"
              + " to both of us",
          "Consultation on revision; measured brow height and crease; written estimate handed over"
              + " to take home");

  private final byte[] row = new byte[1 << 10];
  private int at;

  private Clinic() {}

  private static byte[][] bytes(String... words) {
    byte[][] bytes = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
    return bytes;
  }

  /** Writes the three tables into a folder. */
  static void write(Path folder, long visits, int patients) throws IOException {
    Files.createDirectories(folder);
    Clinic clinic = new Clinic();
    try (OutputStream out = open(folder.resolve("patients.csv"))) {
      clinic.patients(out, patients);
    }
    try (OutputStream out = open(folder.resolve("consents.csv"))) {
      clinic.consents(out, patients);
    }
    try (OutputStream out = open(folder.resolve("visits.csv"))) {
      clinic.visits(out, visits, patients);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
  }

  /** A number that depends on its two arguments only (the finalizer of SplitMix64). */
  private static long mix(long a, long b) {
    long z = SEED + a * 0x9E3779B97F4A7C15L + b * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  private void patients(OutputStream out, int count) throws IOException {
    out.write("patient_id,date_of_birth\n".getBytes(StandardCharsets.UTF_8));
    for (int p = 0; p < count; p++) {
      at = 0;
      patient(p);
      put(',');
      date(FIRST_BIRTH + (int) (mix(p, 1) % BIRTH_DAYS));
      put('\n');
      out.write(row, 0, at);
    }
  }

  private void consents(OutputStream out, int count) throws IOException {
    out.write(
        ("line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,"
                + "expiry_event,legal_basis,form_id,form_version,evidence_sha256,signer_role,"
                + "signer_authority,assent,purposes,duo,studies,recipients,data_from,data_to,"
                + "categories_in,categories_ex,revokes,supersedes,jurisdiction,source\n")
            .getBytes(StandardCharsets.UTF_8));
    String evidence = "0123456789abcdef".repeat(4);
    for (int p = 0; p < count; p++) {
      long kind = mix(p, 2) % 10;
      if (kind < 8) {
        line(
            out,
            p,
            "C",
            ",PERMIT,ACTIVE,2014-05-06T09:00:00,2014-05-06T09:05:00,2014-05-06,,NONE,BROAD_CONSENT,"
                + "BROAD,3.1,"
                + evidence
                + ",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,AZ,paper\n");
      }
      if (kind == 7) {
        line(
            out,
            p,
            "W",
            ",WITHDRAW,ACTIVE,2024-02-03T10:00:00,2024-02-03T10:05:00,2024-02-03,,NONE,"
                + "BROAD_CONSENT,BROAD,3.1,,PATIENT,,NA,,,,,,,,,*,,AZ,paper\n");
      }
    }
  }

  private void line(OutputStream out, int patient, String kind, String rest) throws IOException {
    at = 0;
    put(kind.charAt(0));
    number(patient, 8);
    put(',');
    patient(patient);
    put(rest.getBytes(StandardCharsets.UTF_8));
    out.write(row, 0, at);
  }

  private void visits(OutputStream out, long count, int patients) throws IOException {
    out.write(
        ("visit_id,patient_id,visited_on,arrived_at,zip,sex,department,provider,diagnosis,"
                + "procedure,charge,paid,insurer,height_cm,weight_kg,systolic,diastolic,status,"
                + "note,sequence\n")
            .getBytes(StandardCharsets.UTF_8));
    for (long v = 0; v < count; v++) {
      at = 0;
      visit(v, (int) (mix(v, 3) % patients));
      out.write(row, 0, at);
    }
  }

  private void visit(long v, int patient) {
    long a = mix(v, 4);
    long b = mix(v, 5);
    // Day and charge follow from their own numbers, so that no column predicts another.
    int day = FIRST_VISIT + (int) (a % VISIT_DAYS);
    put('V');
    number(v, 9);
    put(',');
    patient(patient);
    put(',');
    date(day);
    put(',');
    date(day);
    put('T');
    number(8 + (a >>> 12) % 10, 2);
    put(':');
    number((a >>> 16) % 60, 2);
    put(':');
    number((a >>> 22) % 60, 2);
    put(',');
    number(501 + mix(patient, 6) % 99_000, 5);
    put(',');
    put((mix(patient, 7) & 1) == 0 ? 'F' : 'M');
    put(',');
    word(DEPARTMENTS, a >>> 28);
    word(PROVIDERS, a >>> 31);
    word(DIAGNOSES, a >>> 34);
    word(PROCEDURES, a >>> 37);
    money(b % 900_000);
    money((b >>> 8) % 500_000);
    word(INSURERS, b >>> 16);
    number(145 + (b >>> 20) % 50, 3);
    put(',');
    decimal(450 + (b >>> 24) % 700);
    number(95 + (b >>> 30) % 80, 3);
    put(',');
    number(60 + (b >>> 36) % 39, 2);
    put(',');
    word(STATES, b >>> 40);
    word(NOTES, b >>> 44);
    plain(v);
    put('\n');
  }

  private void patient(int p) {
    put('P');
    number(p, 7);
  }

  private void put(int b) {
    row[at++] = (byte) b;
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, row, at, bytes.length);
    at += bytes.length;
  }

  private void word(byte[][] words, long choice) {
    put(words[(int) (choice % words.length)]);
    put(',');
  }

  private void number(long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      row[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    at += digits;
  }

  private void plain(long value) {
    put(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  private void money(long cents) {
    plain(cents / 100);
    put('.');
    number(cents % 100, 2);
    put(',');
  }

  private void decimal(long tenths) {
    plain(tenths / 10);
    put('.');
    number(tenths % 10, 1);
    put(',');
  }

  private void date(int epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    number(date.getYear(), 4);
    put('-');
    number(date.getMonthValue(), 2);
    put('-');
    number(date.getDayOfMonth(), 2);
  }
}
