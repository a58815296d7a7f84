package org.consentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;

/**
 * A clinic of a few patients with visits, jobs that release them, and a ledger. A release passes
 * all stages of an export, driven by plain calls.
 */
public final class SmallClinic {

  /** Every patient's id contains this and nothing else does. */
  public static final String CANARY = "CNRYQZ";

  private static final String CONSENTS =
      "line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,expiry_event,"
          + "legal_basis,form_id,form_version,evidence_sha256,signer_role,signer_authority,assent,"
          + "purposes,duo,studies,recipients,data_from,data_to,categories_in,categories_ex,revokes,"
          + "supersedes,jurisdiction,source";

  private final Path root;
  private final StateFolder state;
  private final Ledger ledger;
  private final Map<String, String> permits = new TreeMap<>();
  private final List<String> patients = new ArrayList<>();
  private final List<String> visits = new ArrayList<>();
  private LocalDateTime now = LocalDateTime.of(2026, 11, 23, 12, 0);
  private int runs;
  private int worked;
  private List<String> notes = List.of();
  private Catalogue catalogue = Catalogue.SHIPPED;

  /** A clinic without patients in an empty folder. */
  public SmallClinic(Path root) {
    this.root = root;
    this.state = new StateFolder(root.resolve("state"));
    state.prepare();
    this.ledger = Ledger.open(state, () -> Instant.parse("2020-01-01T00:00:00Z"));
    for (String study : List.of("a", "b")) {
      StudyKey.generate().writeNew(root.resolve("keys/" + study + ".key"));
    }
    SigningKey.generate().writeNew(root.resolve("keys/signing.pem"));
  }

  /** From now on plans are made of these operators, formats and targets. */
  public SmallClinic with(Catalogue added) {
    catalogue = added;
    return this;
  }

  /** The id of a patient. */
  public static String id(int patient) {
    return CANARY + patient;
  }

  /** Adds a patient with a visit on each day, who permits everything. */
  public SmallClinic patient(int patient, String... days) {
    patients.add(id(patient) + ",1970-01-01,F");
    for (String day : days) {
      visits.add(id(patient) + "-" + day + "," + id(patient) + "," + day + ",ok");
    }
    permit(patient, "*", "*", "*");
    return write();
  }

  /**
   * One visit.
   *
   * @param patient number of the patient
   * @param day an ISO date
   * @param finding what is found, released as it is
   */
  public record Visit(int patient, String day, String finding) {}

  /** Adds a visit that has the id of the first one. */
  public SmallClinic repeatsAVisitId() {
    visits.add(visits.get(0).replace(",ok", ",again"));
    return write();
  }

  /** Adds patients who permit everything, and visits in this order. */
  public SmallClinic patients(int count, List<Visit> ordered) {
    for (int patient = 0; patient < count; patient++) {
      patients.add(id(patient) + ",1970-01-01,F");
      permit(patient, "*", "*", "*");
    }
    for (Visit visit : ordered) {
      visits.add(
          "V"
              + visits.size()
              + ","
              + id(visit.patient())
              + ","
              + visit.day()
              + ","
              + visit.finding());
    }
    return write();
  }

  /** Adds patients who permit everything, each with one visit. */
  public SmallClinic patients(int from, int to) {
    for (int patient = from; patient <= to; patient++) {
      patients.add(id(patient) + ",1970-01-01,F");
      visits.add(id(patient) + "-1," + id(patient) + ",2022-05-05,ok");
      permit(patient, "*", "*", "*");
    }
    return write();
  }

  /** From now on the patient permits this and nothing else. */
  public SmallClinic permits(int patient, String from, String to, String categories) {
    permit(patient, from, to, categories);
    return write();
  }

  private void permit(int patient, String from, String to, String categories) {
    permits.put(
        id(patient),
        "L"
            + patient
            + ","
            + id(patient)
            + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,,NONE,"
            + "BROAD_CONSENT,F,1,"
            + "a".repeat(64)
            + ",PATIENT,,NA,HRESCH,,*,*,"
            + String.join(",", from, to, categories)
            + ",,,,AZ,paper");
  }

  /** From now on a line denies everything of the patient. */
  public SmallClinic denies(int patient) {
    permit(patient, "*", "*", "*");
    permits.computeIfPresent(
        id(patient), (id, line) -> line.replace(",PERMIT,", ",DENY,").replace("HRESCH", ""));
    return write();
  }

  /** From now on the patient permits nothing. */
  public SmallClinic withdraws(int patient) {
    permits.remove(id(patient));
    return write();
  }

  /** From now on the patient is not in the records. */
  public SmallClinic vanishes(int patient) {
    patients.removeIf(row -> row.startsWith(id(patient) + ","));
    return write();
  }

  /** From now on it is this day, at noon. */
  public SmallClinic on(String day) {
    now = LocalDateTime.parse(day + "T12:00:00");
    return this;
  }

  public LocalDateTime now() {
    return now;
  }

  public Instant instant() {
    return now.toInstant(ZoneOffset.UTC);
  }

  public Path root() {
    return root;
  }

  public StateFolder state() {
    return state;
  }

  public Ledger ledger() {
    return ledger;
  }

  public Memberships memberships() {
    return new Memberships(state, ledger);
  }

  private SmallClinic write() {
    write("clinic/patients.csv", "patient_id,date_of_birth,sex", patients);
    write("clinic/visits.csv", "visit_id,patient_id,visited_on,finding", visits);
    write("clinic/consents.csv", CONSENTS, List.copyOf(permits.values()));
    return this;
  }

  private void write(String file, String head, List<String> lines) {
    write(file, Stream.concat(Stream.of(head), lines.stream()).toList());
  }

  private Path write(String file, List<String> lines) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      return Files.writeString(path, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Writes a job.
   *
   * @param name its name
   * @param study a or b
   * @param recipient id of the recipient
   * @param basis the legal basis
   * @param more further lines of the study
   */
  public Path job(String name, String study, String recipient, Basis basis, String... more) {
    write("mappings/" + basis.mapping + ".yaml", mapping(basis));
    List<String> lines = new ArrayList<>();
    lines.add("job: " + name);
    lines.add("study:");
    lines.add("  id: S-" + study.toUpperCase(java.util.Locale.ROOT));
    lines.add("  title: Study " + study);
    lines.add("  purpose: CLINTRCH");
    lines.add("  state: open");
    lines.add(
        "  board: {name: A Board, protocol: \"P-1\", approvedOn: 2015-01-01, expiresOn: 2039-12-31,"
            + " review: normal, phiDescription: visits, signedBy: the chair}");
    lines.addAll(List.of(more));
    boolean isAccounted = basis.word.equals("waiver");
    if (isAccounted) {
      lines.addAll(accounted(List.of(more)));
    }
    lines.add(
        "recipient: {id: "
            + recipient
            + ", name: Dr. >R<, organization: University, address: 1 Way, profit: non-profit,"
            + " use: non-commercial"
            + (isAccounted ? ", phone: 555-3}" : "}"));
    lines.add("requestedBy: steward");
    lines.add("legalBasis: " + basis.word);
    lines.add("target: " + basis.target);
    lines.add("attestation: {text: no actual knowledge, by: officer, on: 2015-01-01}");
    lines.add(
        "agreement: {id: D-1, signedOn: 2015-01-01, expiresOn: 2039-12-31, permittedUses:"
            + " [research], permittedUsers: [staff]}");
    lines.add("source: {type: csv, path: ../clinic}");
    lines.add("consent: {type: csv, path: ../clinic/consents.csv}");
    lines.add("quality: {fewerThanLast: 1}");
    lines.add("mapping: ../mappings/" + basis.mapping + ".yaml");
    lines.add("output: {format: csv, directory: ../releases}");
    lines.add(
        "keys: {study: \"file:../keys/" + study + ".key\", signing: \"file:../keys/signing.pem\"}");
    return write("jobs/" + name + ".yaml", lines);
  }

  /** What an account to patients lists of a study, where the lines of a job do not have it. */
  private static List<String> accounted(List<String> given) {
    return Stream.of(
            "  description: A study of visits.",
            "  sponsor: {name: A Sponsor, address: 2 Way, phone: 555-2}")
        .filter(
            line -> given.stream().noneMatch(one -> one.startsWith(line.split(":", 2)[0] + ":")))
        .toList();
  }

  /**
   * Replaces words of a file that was written. Whatever writes the file again undoes it.
   *
   * @param file path below the clinic's folder
   * @throws IllegalStateException when the file does not contain the words
   */
  public SmallClinic edit(String file, String words, String instead) {
    try {
      Path path = root.resolve(file);
      String text = Files.readString(path);
      if (!text.contains(words)) {
        throw new IllegalStateException(file + " does not contain " + words);
      }
      Files.writeString(path, text.replace(words, instead));
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Adds lines to a file that was written. Whatever writes the file again undoes it. */
  public SmallClinic append(String file, String... lines) {
    try {
      Files.writeString(
          root.resolve(file), String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Legal bases, and the mapping that goes with each. */
  public enum Basis {
    DE_IDENTIFIED("de-identified", "safe-harbor", "years"),
    ONE_TIME("limited-data-set", "limited-data-set", "one-time"),
    LIMITED_DATA_SET("limited-data-set", "limited-data-set", "days"),
    SHIFTED("limited-data-set", "limited-data-set", "shifted"),
    WAIVER("waiver", "limited-data-set", "days"),
    /** Its findings are codes of patients. */
    NAMING("waiver", "limited-data-set", "naming"),
    AUTHORIZATION("authorization", "limited-data-set", "days");

    private final String word;
    private final String target;
    private final String mapping;

    Basis(String word, String target, String mapping) {
      this.word = word;
      this.target = target;
      this.mapping = mapping;
    }
  }

  private static List<String> mapping(Basis basis) {
    String code = basis == Basis.ONE_TIME ? "one-time" : "random";
    String id = "{role: linkage-key, do: pseudonymize, domain: patient, code: " + code;
    String date =
        switch (basis.mapping) {
          case "days", "naming" -> "do: keep, as: visited_on, type: date";
          case "shifted" -> "do: dateShift, maxDays: 365, as: visited_on, type: date";
          default -> "do: generalize, to: year, as: visit_year, type: integer";
        };
    String finding =
        basis == Basis.NAMING
            ? id + ", as: referred_by, type: code, onInvalid: blank, why: needed}"
            : "{role: sensitive, category: LAB, do: keep, type: code, why: needed}";
    return List.of(
        "mapping: " + basis.mapping,
        "version: 1",
        "description: a small clinic",
        "unmapped: stop",
        "subjects: {table: patients, key: patient_id, birthDate: date_of_birth}",
        "tables:",
        "  patients:",
        "    subject: patient_id",
        "    key: [patient_id]",
        "    category: DEMOGRAPHIC",
        "    timeless: one row per person, no event",
        "    columns:",
        "      patient_id: " + id + ", type: code, why: joins tables}",
        "      date_of_birth: {role: quasi-identifier, do: drop}",
        "      sex: {role: quasi-identifier, do: keep, type: code, why: needed}",
        "  visits:",
        "    subject: patient_id",
        "    key: [visit_id]",
        "    recordDate: [visited_on]",
        "    category: VISIT",
        "    columns:",
        "      visit_id: {role: linkage-key, do: pseudonymize, domain: visit, code: one-time,"
            + " type: code, why: counts}",
        "      patient_id: " + id + ", type: code, why: joins tables}",
        "      visited_on: {role: quasi-identifier, " + date + ", why: needed}",
        "      finding: " + finding);
  }

  /** The notes of the newest run. */
  public List<String> notes() {
    return notes;
  }

  /** How many splits were worked on so far, and not found done. */
  public int worked() {
    return worked;
  }

  /** Releases a job; gives the folder. */
  public Path release(Path job) {
    return release(job, Optional.empty());
  }

  /** The same, as a corrected release that names the one it replaces. */
  public Path release(Path job, Optional<String> replaces) {
    return export(job, replaces).seal().publish().folder();
  }

  /** An export that has extracted everything and waits to be sealed. */
  public ExportDriver.Extracted export(Path job, Optional<String> replaces) {
    runs++;
    return resume(job, replaces);
  }

  /** Takes the newest run up again, as after a kill. */
  public ExportDriver.Extracted resume(Path job, Optional<String> replaces) {
    ExportPlan plan =
        Planner.plan(job, now.toLocalDate(), now.toLocalDate(), Optional.empty(), catalogue);
    ExportDriver driver = new ExportDriver(state, ledger, this::instant);
    ExportDriver.Extracted export = driver.extract(plan, plan.job().name() + "-" + runs, replaces);
    worked += driver.worked();
    notes = driver.notes();
    return export;
  }

  /** The codes of a release, sorted. */
  public static List<String> codes(Path release) {
    try (Stream<String> lines = Files.lines(release.resolve("data/patients.csv"))) {
      return lines.skip(1).map(line -> line.split(",", -1)[0]).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All files below a folder as one text, byte for byte. */
  public static String everything(Path folder) {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return text.toString();
  }
}
