package org.consentry.release;

import java.util.List;
import java.util.Optional;
import org.consentry.problem.CountWords;

/**
 * The README of a release: what is in it, what the recipient may do with it and how to check it.
 *
 * @param disclosure what was released
 * @param principal the name of the signer
 * @param fingerprint of the key that signs the release
 * @param since name of the release that {@code CHANGES.md} compares it with; empty for the first
 */
record ReleaseGuide(
    Disclosure disclosure, String principal, String fingerprint, Optional<String> since) {

  /**
   * The command that decrypts all data files of a release, where KEY is the file of the recipient's
   * key. It is run in a copy of the release.
   */
  static final String DECRYPT =
      "find . -name '*.age' -exec sh -c 'age -d -i \"$0\" -o \"${1%.age}\" \"$1\"' KEY {} \\;";

  private static final String TEMPLATE = "release/readme.jte";

  static byte[] readme(
      Disclosure disclosure, String principal, String fingerprint, Optional<String> since) {
    return TextTemplates.render(
        TEMPLATE, new ReleaseGuide(disclosure, principal, fingerprint, since));
  }

  String createdAt() {
    return disclosure.release().createdAt().toString();
  }

  String day() {
    return createdAt().substring(0, 10);
  }

  String referenceDate() {
    return disclosure.release().referenceDate().toString();
  }

  /** What the release is made for, as a label. */
  String asked() {
    return disclosure.authority().isOfStudy() ? "Study" : "Request";
  }

  /** Files beside the data that not every release has. */
  String besides() {
    if (disclosure.authority().isOfStudy()) {
      return "`flow.svg` and `.csv` show how many were left out and why. `datapackage.json` has types"
          + " and keys"
          + (disclosure.isEncrypted()
              ? "."
              : ",\n`croissant.json` the same in the Croissant format with the conditions of use as"
                  + " DUO terms.");
    }
    String kept = "`datapackage.json` has types and keys.";
    return disclosure.reply().map(reply -> kept + " " + reply.about()).orElse(kept);
  }

  /** Whether studies cite it. */
  boolean isCited() {
    return disclosure.authority().isOfStudy();
  }

  /** Where those left out are counted, if they are. */
  String counted() {
    return disclosure.figures().areStated() ? "; `flow.csv` counts them" : "";
  }

  /** The release that this one replaces, if it replaces one. */
  List<String> replaced() {
    return disclosure.release().replaces().map(Disclosure.Earlier::name).stream().toList();
  }

  /** The first file of a table, and how many more there are. */
  String files(Disclosure.Table table) {
    int more = table.files().size() - 1;
    return "`" + table.files().get(0).path() + "`" + (more == 0 ? "" : " and " + more + " more");
  }

  /** Columns with texts that a spreadsheet would run, with the number of such cells. */
  List<String> formulas() {
    return disclosure.tables().stream()
        .flatMap(
            table ->
                table.rows().formulas().entrySet().stream()
                    .map(
                        column ->
                            "`"
                                + table.name()
                                + "`, `"
                                + column.getKey()
                                + "`: "
                                + CountWords.of(column.getValue(), "cell")))
        .toList();
  }

  /** What came of the scan of the finished files. */
  String scan() {
    return disclosure.scan().map(ScanReport::result).orElse(ScanReport.NOT_REQUESTED);
  }

  /** The command that decrypts the data files; none when they are not encrypted. */
  List<String> decrypt() {
    return disclosure.isEncrypted() ? List.of(DECRYPT) : List.of();
  }

  boolean isInternal() {
    return disclosure.authority().recipientFacts().containsKey(Disclosure.INTERNAL);
  }

  boolean escapes() {
    return disclosure.formulas() == Disclosure.Formulas.ESCAPE;
  }

  List<String> terms() {
    List<String> terms = disclosure.authority().terms();
    return terms.isEmpty() ? List.of("See the agreement with the clinic.") : terms;
  }

  List<String> commands() {
    return commands(ReleaseFiles.SIGNERS, principal);
  }

  /** The stock commands that check a release; run inside its folder. */
  static List<String> commands(String signers, String principal) {
    return List.of(
        "sha256sum -c SHA256SUMS",
        command(signers, principal, ReleaseFiles.SUMS),
        command(signers, principal, ReleaseFiles.MANIFEST));
  }

  /** The stock command that checks the signature over a file; run inside its folder. */
  static String command(String signers, String principal, String file) {
    return "ssh-keygen -Y verify -f "
        + signers
        + " -I "
        + principal
        + " -n consentry-manifest -s "
        + file
        + ".sig < "
        + file;
  }
}
