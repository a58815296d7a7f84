package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.consentry.cli.Installation.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sample clinic with a release for research and two approvers, whose people a researcher asks
 * to contact again.
 */
final class RecontactClinic {

  static final String RESEARCH = "outcomes-limited-data-set";
  static final String RECONTACT = "recontact";

  private final Installation place;
  private final String release;
  private final List<String> codes;

  private RecontactClinic(Installation place, String release, List<String> codes) {
    this.place = place;
    this.release = release;
    this.codes = List.copyOf(codes);
  }

  /** Makes the clinic in an empty folder; {@link Installation#restoreCopy} comes back to here. */
  static RecontactClinic in(Path root) throws IOException {
    Installation place = Installation.in(root);
    Path consents = place.clinic("consents");
    Installation.write(
        consents, Installation.read(consents).replace(",HRESCH,", ",HRESCH|RECONTACT,"));
    Answer made = place.run(RESEARCH);
    if (made.exitCode() != 0 && made.exitCode() != 3) {
      throw new IllegalStateException(made.err());
    }
    place.pinApprovers("ann", "bob");
    place.keepCopy();
    Path newest = place.release(RESEARCH);
    return new RecontactClinic(place, RESEARCH + "/" + newest.getFileName(), codes(newest));
  }

  /** The codes of the people of a release. */
  static List<String> codes(Path release) throws IOException {
    return rows(release.resolve("data/patients.csv")).stream()
        .map(row -> row.get("patient_id"))
        .toList();
  }

  static List<CSVRecord> rows(Path file) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(Files.newBufferedReader(file))
        .getRecords();
  }

  Installation place() {
    return place;
  }

  /** Job and name of the release for research. */
  String release() {
    return release;
  }

  List<String> codes() {
    return codes;
  }

  /** Writes a request for people of a release. */
  void ask(String of, List<String> asked) {
    Path job = place.job(RECONTACT);
    Installation.write(
        job,
        Installation.read(job)
            .replaceFirst("release: \\S+", "release: " + of)
            .replaceFirst("codes: \\S+", "codes: codes.csv"));
    Installation.write(
        place.root().resolve("jobs/codes.csv"),
        asked.stream().collect(Collectors.joining("\n", "code\n", "\n")));
  }

  /** Makes a list of codes of the release, up to the approvals. */
  Answer stage(List<String> asked) {
    ask(release, asked);
    return place.run(RECONTACT);
  }

  /** Approves a run twice. */
  void approve(String run) {
    for (String name : List.of("ann", "bob")) {
      Answer given = place.call("approve", run, "--key", "file:" + place.keyOf(name));
      if (given.exitCode() != 0) {
        throw new IllegalStateException(given.err());
      }
    }
  }

  /** Makes, approves and publishes a list, and gives its folder. */
  Path list(List<String> asked) {
    Answer staged = stage(asked);
    if (staged.exitCode() != 4) {
      throw new IllegalStateException(staged.err());
    }
    String run = place.newestRun().run();
    approve(run);
    Answer published = place.call("publish", run);
    if (published.exitCode() != 0) {
      throw new IllegalStateException(published.err());
    }
    return place.release(RECONTACT);
  }

  /** The receipt of a list. */
  static JsonNode receipt(Path list) {
    return JsonMapper.shared().readTree(Installation.read(list.resolve("receipt.json")));
  }

  /** What the receipt of a list states of people. */
  static String contacted(Path list) {
    return receipt(list).path("people").path("contacted").asString();
  }

  /** How many people are on a list. */
  static int listed(Path list) throws IOException {
    return rows(list.resolve("data/patients.csv")).size();
  }
}
