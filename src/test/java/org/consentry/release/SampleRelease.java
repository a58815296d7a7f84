package org.consentry.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.consentry.data.Absence;
import org.consentry.data.Effect;
import org.consentry.data.Exclusion;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.HandledIdentifier;
import org.consentry.data.HandledIdentifier.HandledColumn;
import org.consentry.data.OnInvalid;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.Sha256;
import org.consentry.data.Tally;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Figure;
import org.consentry.ledger.Figures;
import tools.jackson.databind.node.ObjectNode;

/** A small release of two tables, made by hand. */
public final class SampleRelease {

  public static final Tally SUBJECTS =
      new Tally(
          40,
          2,
          Map.of(Exclusion.NO_CONSENT, 31L, Exclusion.WITHDRAWN, 7L),
          Map.of(),
          Map.of(),
          Map.of());
  public static final Tally VISITS =
      new Tally(
          100,
          3,
          Map.of(Exclusion.NO_CONSENT, 80L, Exclusion.WITHDRAWN, 12L, Exclusion.RECORD_DATE, 4L),
          Map.of(RejectReason.RAGGED, 1L),
          Map.of("birth_year", 2L),
          Map.of());

  private static final String PATIENTS_CSV = "patient_id,birth_year\r\na,1950\r\nb,\r\n";
  private static final String VISITS_CSV =
      "visit_id,patient_id,note\r\n1,a,\"x\ny\"\r\n2,a,\r\n3,b,\r\n";

  private static final String WHY = "the protocol, \"part 2\"";
  private static final LocalDate COUNTED_ON = LocalDate.parse("2026-11-23");

  final Path folder;
  public final Path internal;
  final ReleaseSealer.Signer signer =
      new ReleaseSealer.Signer("releases@clinic", SigningKey.generate());

  private final Disclosure disclosure;

  public SampleRelease(Path place) throws IOException {
    this(place, disclosure(SUBJECTS, VISITS), PATIENTS_CSV, VISITS_CSV);
  }

  private SampleRelease(Path place, Disclosure disclosure, String patients, String visits)
      throws IOException {
    folder = place.resolve("release");
    internal = place.resolve("internal");
    this.disclosure = disclosure;
    write("data/patients.csv", patients);
    write("data/visits/part-00000.csv", visits);
  }

  /** A release of as many rows as in the tallies; every third cell that may be empty is. */
  static SampleRelease of(Path place, Tally subjects, Tally visits) throws IOException {
    StringBuilder patients = new StringBuilder("patient_id,birth_year\r\n");
    for (int i = 0; i < subjects.released(); i++) {
      patients.append('p').append(i).append(',').append(i % 3 == 0 ? "" : "1950").append("\r\n");
    }
    StringBuilder rows = new StringBuilder("visit_id,patient_id,note\r\n");
    for (int i = 0; i < visits.released(); i++) {
      rows.append('v').append(i).append(",p0,").append(i % 3 == 0 ? "" : "x").append("\r\n");
    }
    Disclosure disclosure = disclosure(subjects, visits, patients.toString(), rows.toString());
    return new SampleRelease(place, disclosure, patients.toString(), rows.toString());
  }

  /**
   * The same with a file that is stated to be encrypted, and no risk but from whom suppression
   * took.
   *
   * @param content of the file
   */
  static SampleRelease encrypted(Path place, String content) throws IOException {
    Disclosure plain = disclosure(SUBJECTS, VISITS);
    Disclosure.Table visits = plain.tables().get(1);
    Disclosure.DataFile before = visits.files().get(0);
    String path = before.path() + Disclosure.DataFile.AGE;
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Disclosure.DataFile after =
        new Disclosure.DataFile(
            path, before.format(), before.rows(), bytes.length, Sha256.hex(bytes));
    List<Disclosure.Table> tables =
        List.of(
            plain.tables().get(0),
            new Disclosure.Table(
                visits.name(),
                visits.description(),
                visits.category(),
                visits.timeless(),
                visits.recordDates(),
                visits.key(),
                visits.references(),
                visits.rows(),
                visits.columns(),
                List.of(after)));
    SampleRelease release = new SampleRelease(place, of(tables), PATIENTS_CSV, VISITS_CSV);
    Files.delete(release.file(before.path()));
    release.write(path, content);
    return release;
  }

  public ReleaseSealer.Sealed seal() {
    return ReleaseSealer.seal(
        folder, internal, disclosure, figures(), signer, ReleaseSealer.Since.NOTHING);
  }

  /** What the column of years could look like in a larger release. */
  public static ReleaseFigures figures() {
    return new ReleaseFigures(
        Map.of(
            "patients",
            Map.of(
                "birth_year",
                new ColumnFigures(
                    ColumnFigures.Shape.BIRTHS,
                    OptionalLong.of(240),
                    OptionalLong.of(60),
                    OptionalLong.of(30),
                    List.of(
                        new ColumnFigures.Bar("1950 or before", 1, 90),
                        new ColumnFigures.Bar("1951", 1, 120),
                        new ColumnFigures.Bar("1952 or after", 1, 30)),
                    OptionalLong.empty(),
                    List.of("1950 or before", "1950 or before", "1951", "1951", "1952 or after")),
                "patient_id",
                new ColumnFigures(
                    ColumnFigures.Shape.VALUES,
                    OptionalLong.of(240),
                    OptionalLong.empty(),
                    OptionalLong.of(240),
                    List.of(),
                    OptionalLong.empty(),
                    List.of()))));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  public String text(String name) throws IOException {
    return Files.readString(file(name));
  }

  void write(String name, String text) throws IOException {
    Path parent = file(name).getParent();
    Files.createDirectories(parent == null ? folder : parent);
    Files.writeString(file(name), text);
  }

  /** The same release, by a job that asks for approvals. */
  static Disclosure needing(int approvals) {
    Disclosure plain = disclosure(SUBJECTS, VISITS);
    Disclosure.Authority asks = plain.authority();
    return new Disclosure(
        plain.release(),
        new Disclosure.Authority(
            asks.kind(),
            asks.study(),
            asks.title(),
            asks.studyFacts(),
            asks.recipient(),
            asks.recipientFacts(),
            asks.requestedBy(),
            asks.legalBasis(),
            asks.target(),
            asks.agreement(),
            asks.board(),
            asks.attestation(),
            asks.terms(),
            approvals),
        plain.consent(),
        plain.tables(),
        plain.figures(),
        plain.identifiers(),
        plain.inputs(),
        plain.software(),
        List.of(),
        List.of(),
        Disclosure.Formulas.REPORT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same release of other tables. */
  static Disclosure of(List<Disclosure.Table> tables) {
    Disclosure sample = disclosure(SUBJECTS, VISITS);
    return new Disclosure(
        sample.release(),
        sample.authority(),
        sample.consent(),
        tables,
        sample.figures(),
        sample.identifiers(),
        sample.inputs(),
        sample.software(),
        List.of(),
        List.of(),
        Disclosure.Formulas.REPORT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A table with a column of each type that files can have.
   *
   * @param description of its columns
   * @param note of its operators
   */
  static Disclosure.Table typed(
      String name, List<Disclosure.DataFile> files, String description, OperatorNote note) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    types.put("code", FieldType.CODE);
    types.put("number", FieldType.INTEGER);
    types.put("amount", FieldType.decimal(17, 4));
    types.put("seen_on", FieldType.DATE);
    types.put("seen_at", FieldType.TIMESTAMP);
    List<PlannedColumn> columns = new ArrayList<>();
    types.forEach(
        (column, type) ->
            columns.add(
                new PlannedColumn(
                    name,
                    PlannedColumn.Origin.SOURCE_COLUMN,
                    column,
                    "sensitive",
                    "keep",
                    new Effect.TrueValue(),
                    note,
                    EnumSet.of(RecordCategory.VISIT),
                    PlannedColumn.Texts.reason("why"),
                    Optional.of(
                        new PlannedColumn.Released(
                            new Field(column, type, description),
                            OnInvalid.STOP,
                            EnumSet.of(Absence.MISSING))))));
    return new Disclosure.Table(
        name,
        "",
        "VISIT",
        Optional.empty(),
        List.of("seen_on"),
        List.of("code"),
        List.of(),
        new Tally(0, 0, Map.of(), Map.of(), Map.of(), Map.of()),
        columns,
        files);
  }

  /** The recipient's edition of its manifest, without the digests of files. */
  public static ObjectNode recipientStatement() {
    return ManifestStatement.of(disclosure(SUBJECTS, VISITS), Edition.RECIPIENT, new TreeMap<>());
  }

  /** The internal edition of its manifest, without the digests of files. */
  public static ObjectNode internalStatement() {
    return ManifestStatement.of(disclosure(SUBJECTS, VISITS), Edition.INTERNAL, new TreeMap<>());
  }

  public static Disclosure disclosure(Tally subjects, Tally visits) {
    return disclosure(subjects, visits, PATIENTS_CSV, VISITS_CSV);
  }

  private static Disclosure disclosure(Tally subjects, Tally visits, String patients, String rows) {
    return new Disclosure(
        new Disclosure.Release(
            "eyelid-outcomes",
            "2026-11-23-r3",
            "run-1",
            Instant.parse("2026-11-23T10:00:00Z"),
            LocalDate.parse("2026-11-01"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Disclosure.Authority(
            "research",
            "IRB-2026-014",
            "Outcomes of upper eyelid surgery",
            Map.of("purpose", "CLINTRCH"),
            "University X",
            Map.of("id", "uni-x"),
            "steward@clinic",
            "de-identified",
            "safe-harbor",
            Map.of(),
            Map.of("name", "Western IRB"),
            Map.of("by", "privacy officer"),
            List.of("No attempt to identify a person."),
            0),
        new Disclosure.Consent(
            Map.of("minors", "reconsent"),
            List.of(Instant.parse("2026-11-23T09:00:00Z")),
            subjects,
            new Disclosure.Lines(
                43,
                Map.of("PERMIT_FAILED", 38L, "RESTRICTS", 5L),
                Map.of("PURPOSE", 31L, "WITHDRAWN", 7L))),
        List.of(patients(subjects, patients), visits(visits, rows)),
        figures(subjects, visits),
        identifiers(),
        new Disclosure.Inputs(
            "1".repeat(64),
            "clinic-safe-harbor 3",
            "2".repeat(64),
            Map.of("census-2020", "3".repeat(64)),
            Map.of("patients.csv", "4".repeat(64)),
            Map.of("study", "sha256:" + "5".repeat(64))),
        Map.of("consentry", "0.1.0"),
        List.of(),
        List.of(),
        Disclosure.Formulas.REPORT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The figures of a first release in which every row left out is another person's. */
  private static Figures figures(Tally subjects, Tally visits) {
    Map<Figure.Key, Figure> figures = new TreeMap<>();
    Map<String, Tally> tallies = Map.of("", subjects, "patients", subjects, "visits", visits);
    tallies.forEach(
        (table, tally) -> {
          tally
              .groups()
              .forEach(
                  (group, count) ->
                      figures.put(
                          new Figure.Key(table, group.name()),
                          Figure.of(count, count, COUNTED_ON)));
          long out = tally.read() - tally.released();
          Figure leftOut = Figure.of(out, out, COUNTED_ON);
          figures.put(new Figure.Key(table, Figure.Key.EXCLUDED), leftOut);
          figures.put(
              new Figure.Key(table, Figure.Key.READ),
              Figure.read(tally.released(), leftOut, COUNTED_ON));
        });
    for (Absence absence : List.of(Absence.WITHHELD, Absence.BLANKED)) {
      Map<String, Long> cells =
          absence == Absence.WITHHELD ? subjects.withheld() : subjects.blanked();
      long count = cells.getOrDefault("birth_year", 0L);
      figures.put(
          new Figure.Key("patients", absence.of("birth_year")),
          Figure.of(count, count, COUNTED_ON));
    }
    return new Figures(figures);
  }

  /** Names are dropped, and no column is known to have any other. */
  private static List<HandledIdentifier> identifiers() {
    List<HandledIdentifier> identifiers = new ArrayList<>();
    for (char letter = 'A'; letter <= 'R'; letter++) {
      identifiers.add(
          new HandledIdentifier(
              String.valueOf(letter),
              letter == 'A' ? "names" : "identifier " + letter,
              "45 CFR 164.514(b)(2)(i)(" + letter + ")",
              letter == 'A'
                  ? List.of(new HandledColumn("patients", "last_name", "drop"))
                  : List.of()));
    }
    return identifiers;
  }

  private static Disclosure.Table patients(Tally subjects, String text) {
    return new Disclosure.Table(
        "patients",
        "Who was treated",
        "DEMOGRAPHIC",
        Optional.of("one row per person"),
        List.of(),
        List.of("patient_id"),
        List.of(),
        subjects,
        List.of(
            column("patients", "patient_id", "pseudonymize", "patient_id", FieldType.CODE),
            new PlannedColumn(
                "patients",
                PlannedColumn.Origin.SOURCE_COLUMN,
                "date_of_birth",
                "quasi-identifier",
                "birth-year",
                new Effect.Period(Effect.PeriodUnit.BIRTH_YEAR),
                new OperatorNote(
                    "technique",
                    "Something was done.",
                    "Something survives.",
                    Map.of(),
                    Map.of("1936", "1936 or before"),
                    List.of("1936", "1980")),
                EnumSet.of(RecordCategory.DEMOGRAPHIC),
                new PlannedColumn.Texts(WHY, "year"),
                Optional.of(
                    new PlannedColumn.Released(
                        new Field("birth_year", FieldType.INTEGER, "Year of birth"),
                        OnInvalid.BLANK,
                        EnumSet.of(Absence.MISSING, Absence.WITHHELD, Absence.BLANKED)))),
            column("patients", "last_name", "drop", Optional.empty())),
        List.of(file("data/patients.csv", text)));
  }

  private static Disclosure.Table visits(Tally tally, String text) {
    return new Disclosure.Table(
        "visits",
        "",
        "VISIT",
        Optional.empty(),
        List.of("visited_on"),
        List.of("visit_id"),
        List.of(new Disclosure.Reference(List.of("patient_id"), "patients", List.of("patient_id"))),
        tally,
        List.of(
            column("visits", "visit_id", "pseudonymize", "visit_id", FieldType.CODE),
            column("visits", "patient_id", "pseudonymize", "patient_id", FieldType.CODE),
            column("visits", "note", "keep", "note", FieldType.TEXT)),
        List.of(file("data/visits/part-00000.csv", text)));
  }

  private static PlannedColumn column(
      String table, String source, String operator, String name, FieldType type) {
    return column(
        table,
        source,
        operator,
        Optional.of(
            new PlannedColumn.Released(
                new Field(name, type, ""), OnInvalid.STOP, EnumSet.of(Absence.MISSING))));
  }

  private static PlannedColumn column(
      String table, String source, String operator, Optional<PlannedColumn.Released> released) {
    return new PlannedColumn(
        table,
        PlannedColumn.Origin.SOURCE_COLUMN,
        source,
        "quasi-identifier",
        operator,
        new Effect.TrueValue(),
        new OperatorNote("technique", "Something was done.", "Something survives.", Map.of()),
        EnumSet.of(RecordCategory.VISIT),
        PlannedColumn.Texts.reason(WHY),
        released);
  }

  private static Disclosure.DataFile file(String path, String text) {
    long rows = text.replace("\"x\ny\"", "x").lines().count() - 1;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Disclosure.DataFile(
        path, Disclosure.Format.CSV, rows, bytes.length, Sha256.hex(bytes));
  }
}
