package org.consentry.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * One consent line being written. A fresh one is a broad, signed, evidenced permit for health
 * research.
 */
final class ConsentForm {

  /** The columns, in the order of the file. */
  enum Column {
    LINE_ID,
    PATIENT_ID,
    DECISION,
    STATUS,
    SIGNED_AT,
    RECORDED_AT,
    VALID_FROM,
    VALID_TO,
    EXPIRY_EVENT,
    LEGAL_BASIS,
    FORM_ID,
    FORM_VERSION,
    EVIDENCE_SHA256,
    SIGNER_ROLE,
    SIGNER_AUTHORITY,
    ASSENT,
    PURPOSES,
    DUO,
    STUDIES,
    RECIPIENTS,
    DATA_FROM,
    DATA_TO,
    CATEGORIES_IN,
    CATEGORIES_EX,
    REVOKES,
    SUPERSEDES,
    JURISDICTION,
    SOURCE;

    static String[] header() {
      return Arrays.stream(values())
          .map(c -> c.name().toLowerCase(Locale.ROOT))
          .toArray(String[]::new);
    }
  }

  private static final String LONG_AFTER = "2045-12-31";

  private final Map<Column, String> cells = new EnumMap<>(Column.class);

  private ConsentForm(String lineId, String patientId, String decision, LocalDateTime signedAt) {
    for (Column column : Column.values()) {
      cells.put(column, "");
    }
    with(Column.LINE_ID, lineId)
        .with(Column.PATIENT_ID, patientId)
        .with(Column.DECISION, decision)
        .with(Column.STATUS, "ACTIVE")
        .with(Column.SIGNED_AT, signedAt + ":00")
        .with(Column.RECORDED_AT, signedAt.plusHours(20) + ":00")
        .with(Column.EVIDENCE_SHA256, sha256("scan of " + lineId))
        .with(Column.SIGNER_ROLE, "PATIENT")
        .with(Column.ASSENT, "NA")
        .with(Column.LEGAL_BASIS, "HIPAA_AUTH");
  }

  static ConsentForm permit(String lineId, String patientId, LocalDateTime signedAt) {
    return new ConsentForm(lineId, patientId, "PERMIT", signedAt)
        .with(Column.VALID_FROM, signedAt.toLocalDate().toString())
        .with(Column.VALID_TO, LONG_AFTER)
        .with(Column.FORM_ID, "RES-AUTH")
        .with(Column.FORM_VERSION, "3.1")
        .with(Column.PURPOSES, "HRESCH")
        .with(Column.STUDIES, "*")
        .with(Column.RECIPIENTS, "*")
        .with(Column.DATA_FROM, "*")
        .with(Column.DATA_TO, "*")
        .with(Column.CATEGORIES_IN, "*");
  }

  /** A restriction over everything: empty scope cells restrict all. */
  static ConsentForm restriction(
      String lineId, String patientId, String decision, LocalDateTime signedAt) {
    return new ConsentForm(lineId, patientId, decision, signedAt)
        .with(Column.FORM_ID, "RES-REVOKE")
        .with(Column.FORM_VERSION, "1.0");
  }

  ConsentForm with(Column column, String value) {
    cells.put(column, value);
    return this;
  }

  String cell(Column column) {
    return cells.getOrDefault(column, "");
  }

  String[] row() {
    return cells.values().toArray(String[]::new);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
