package org.consentry.release;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The receipt for a researcher who asks the clinic to contact people of a release. It is made to be
 * handed over alone: two files, the receipt and its signature, which the signers file of the
 * researcher's own release verifies.
 *
 * <p><b>Security promise:</b> it has what the researcher sent, and one statement of how many people
 * the clinic contacts, as {@link org.consentry.ledger.ReceiptBook} makes it. Who they are, their
 * codes and addresses, and all that depends on them, such as a digest of the list, is not in it.
 *
 * @param id the clinic's number of the request
 * @param release job and name of the release that the codes are of
 * @param reason why people are to be contacted, as the researcher wrote it
 * @param clinic who received the request
 * @param codes what the researcher sent
 * @param people how many people are contacted, in words
 * @param countedOn the day on which they were counted, ISO 8601; empty where no number is stated
 */
public record Receipt(
    String id,
    String release,
    String reason,
    String clinic,
    Codes codes,
    String people,
    String countedOn)
    implements Reply {

  static final String FILE = "receipt.json";
  private static final String TYPE = "https://consentry.org/recontact-receipt/v1";

  /**
   * The file of codes.
   *
   * @param received how many codes it has
   * @param sha256 its digest, 64 lower-case hexadecimal digits
   */
  public record Codes(long received, String sha256) {}

  @Override
  public Map<String, byte[]> files(UnaryOperator<byte[]> sign) {
    byte[] receipt = Json.write(json());
    Map<String, byte[]> files = new TreeMap<>();
    files.put(FILE, receipt);
    files.put(FILE + ".sig", sign.apply(receipt));
    return files;
  }

  private ObjectNode json() {
    ObjectNode root = Json.object();
    root.put("type", TYPE);
    root.put("clinic", clinic);
    root.putObject("request").put("id", id).put("release", release).put("reason", reason);
    root.putObject("codes").put("received", codes.received()).put("sha256", codes.sha256());
    ObjectNode counted = root.putObject("people").put("contacted", people);
    if (!countedOn.isEmpty()) {
      counted.put("countedOn", countedOn);
    }
    root.put(
        "note",
        "The clinic contacts the people who permit it. Who they are, and whether a person of one code"
            + " is among them, is not disclosed.");
    return root;
  }

  @Override
  public String about() {
    return "`receipt.json` and `.sig` are the receipt for the researcher;\nhand over these two files and"
        + " no other.";
  }
}
