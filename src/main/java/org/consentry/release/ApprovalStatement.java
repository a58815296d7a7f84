package org.consentry.release;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.consentry.data.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The clinic's statement of who approved a manifest and when: an in-toto Statement v1 whose only
 * subject is the bytes of {@code manifest.json} that the approvers signed.
 */
final class ApprovalStatement {

  static final String PREDICATE = "https://consentry.org/attestation/approval/v1";

  /** What every clock of a clinic shows. */
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,}Z");

  private ApprovalStatement() {}

  /**
   * Makes the statement.
   *
   * @param approved in the order of the signatures' files
   */
  static byte[] bytes(byte[] manifest, List<Approved> approved) {
    ObjectNode statement = subject(manifest);
    ArrayNode list = statement.putObject("predicate").putArray("approvals");
    for (Approved one : approved) {
      list.addObject()
          .put("approver", one.approver())
          .put("key", one.key())
          .put("signature", ReleaseApprovals.file(list.size()))
          .put("approvedAt", one.at().toString());
    }
    return Json.write(statement);
  }

  private static ObjectNode subject(byte[] manifest) {
    ObjectNode statement = Json.object();
    statement.put("_type", ManifestStatement.TYPE);
    statement
        .putArray("subject")
        .addObject()
        .put("name", ReleaseFiles.MANIFEST)
        .putObject("digest")
        .put("sha256", Sha256.hex(manifest));
    return statement.put("predicateType", PREDICATE);
  }

  /**
   * Reads a statement of unknown origin.
   *
   * @return in the order of the signatures' files; empty when the bytes are no statement about this
   *     manifest exactly as {@link #bytes} makes it
   */
  static Optional<List<Approved>> read(byte[] bytes, byte[] manifest) {
    try {
      List<Approved> approved = new ArrayList<>();
      for (JsonNode one :
          Json.read(bytes).orElseGet(Json::object).path("predicate").path("approvals")) {
        approved.add(
            new Approved(
                one.path("approver").asString(""),
                one.path("key").asString(""),
                moment(one.path("approvedAt").asString(""))));
      }
      return Optional.of(List.copyOf(approved))
          .filter(list -> list.stream().allMatch(one -> ReleaseApprovals.isName(one.approver())))
          .filter(list -> Arrays.equals(bytes(manifest, list), bytes));
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }

  private static Instant moment(String text) {
    if (!MOMENT.matcher(text).matches()) {
      throw new DateTimeException("expected a moment of four digits for the year");
    }
    return Instant.parse(text);
  }
}
