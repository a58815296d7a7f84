package org.consentry.connector.fhir;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the consent lines of a resource have in common.
 *
 * @param cells by names of columns
 * @param id type and id of the resource
 */
record ConsentHead(Map<String, String> cells, String id) {

  /**
   * The head of an active resource.
   *
   * @param evidence digest of the resource
   */
  static ConsentHead of(
      Item.Complex consent, String evidence, ConsentTime time, ProvisionReader reader)
      throws Failure {
    Map<String, String> cells = new LinkedHashMap<>();
    Optional<Item.Complex> patient = consent.only("patient");
    cells.put("patient_id", patient.flatMap(reader::patient).orElse(""));
    cells.put("status", "ACTIVE");
    String signed = consent.text("dateTime");
    cells.put("signed_at", signed.isEmpty() ? "" : time.signed(signed));
    cells.put("evidence_sha256", evidence);
    cells.put(
        "form_id", consent.all("policy").stream().map(p -> p.text("uri")).findFirst().orElse(""));
    cells.put("signer_role", reader.isSignedByPatient(consent) ? "PATIENT" : "GUARDIAN");
    cells.put("assent", "NA");
    cells.put("source", "Consent/" + consent.text("id"));
    return new ConsentHead(cells, "Consent/" + consent.text("id"));
  }

  /** The status of lines by that of a resource; empty for one that is not known. */
  static String status(String status) {
    return switch (status) {
      case "active" -> "ACTIVE";
      case "draft", "proposed" -> "DRAFT";
      case "rejected" -> "REJECTED";
      case "inactive" -> "INACTIVE";
      case "entered-in-error" -> "ENTERED_IN_ERROR";
      default -> "";
    };
  }

  /** A line of the resource. */
  Map<String, String> line(String path, String decision) {
    Map<String, String> line = new LinkedHashMap<>(cells);
    line.put("line_id", id + "#" + path);
    line.put("decision", decision);
    return line;
  }
}
