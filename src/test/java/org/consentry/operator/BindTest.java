package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.Prf;
import org.consentry.data.SourceCalendar;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators ask of the mapping they are bound in. */
final class BindTest {

  private static final MappingContext PLAIN = Context.mapping(OperatorFixtures.REFERENCE, Map.of());

  private static MappingContext with(Set<String> folded, Set<SubjectAttribute> attributes) {
    return new MappingContext(
        "patient",
        folded,
        CodeForm::usual,
        attributes,
        BirthForm.DATE,
        ClinicDates.NO_ZONE,
        PLAIN.referenceDate(),
        SourceCalendar.usual(PLAIN.referenceDate()),
        PLAIN.slots(),
        PLAIN.attachments(),
        MappingContext.Written.USUAL);
  }

  private static RuleContext column(MappingContext mapping, FieldType type) {
    return Context.of(
        mapping,
        "visits",
        List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow("visited_on")))),
        List.of(new RuleContext.Output("value", "visited_on", type, Context.PLACE)));
  }

  @Test
  void anAgeNeedsABirthDate() {
    Problems problems = new Problems();
    Age.Config config = new Age.Config("subject.birthDate", Optional.of(89));

    assertThat(
            new Age().bind(config, column(with(Set.of(), Set.of()), FieldType.INTEGER), problems))
        .isEmpty();
    assertThat(problems.list())
        .singleElement()
        .hasToString(
            "mapping.yaml:7:5: error NO_BIRTH_DATE an age needs the subject's birth date but the"
                + " mapping names none; add birthDate:, birthYear: or age: under subjects:");
  }

  @Test
  void consentMustCoverTheBirthDateOfAnAgeAndNothingMoreOfOthers() {
    Age.Config config = new Age.Config("subject.birthDate", Optional.empty());
    Operator age =
        new Age().bind(config, column(PLAIN, FieldType.INTEGER), new Problems()).orElseThrow();
    Operator keep =
        new Keep()
            .bind(new Keep.Config(), column(PLAIN, FieldType.TEXT), new Problems())
            .orElseThrow();

    assertThat(age.subjectAttributes()).containsExactly(SubjectAttribute.BIRTH_DATE);
    assertThat(keep.subjectAttributes()).isEmpty();
    assertThat(keep.listing()).isEmpty();
    assertThat(keep.span()).isEmpty();
    assertThat(keep.counted()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Pseudonymize.Code.class,
      names = {"KEYED", "ONE_TIME"})
  void keysOfAFoldedDomainAreComparedLikePatientIds(Pseudonymize.Code code) {
    Pseudonymize.Config config = new Pseudonymize.Config("visit", code);
    Operator folded =
        new Pseudonymize()
            .bind(config, column(with(Set.of("visit"), Set.of()), FieldType.CODE), new Problems())
            .orElseThrow();
    List<Optional<String>> codes = codes(folded, "eAb1", " EAB1 ", "eab2");

    assertThat(codes.get(0)).isPresent().isEqualTo(codes.get(1)).isNotEqualTo(codes.get(2));
    assertThat(folded.notes().get(0).parameters())
        .containsEntry("ids", "id-rule-2: NFC, trim, upper-case letter by letter");
  }

  private static List<Optional<String>> codes(Operator operator, String... ids) {
    return new Batch(
            List.of(ids).stream().map(Optional::of).toList(),
            new int[ids.length],
            new Subjects().add("P-1", Optional.empty(), 1, "code").index())
        .transform(operator.open(new MacKeys())).stream().map(Batch.Cell::value).toList();
  }

  /** The published vector: key of the domain, id, code. */
  @Test
  void theCodeOfARecordIsThatOfTheVector() {
    Operator keyed =
        new Pseudonymize()
            .bind(
                new Pseudonymize.Config("visit", Pseudonymize.Code.KEYED),
                column(PLAIN, FieldType.CODE),
                new Problems())
            .orElseThrow();
    OperatorKeys keys =
        MacKeys.of("89fa8721fd15f504d4ea84f01fa325f3cc11523347cc92c49a934708c4292aaa");
    Batch batch =
        new Batch(
            List.of(
                Optional.of("MRN-000123"), Optional.of(" MRN-000123 "), Optional.of("mrn-000123")),
            new int[3],
            new Subjects().add("P-1", Optional.empty(), 1, "code").index());

    List<Optional<String>> codes =
        batch.transform(keyed.open(keys)).stream().map(Batch.Cell::value).toList();

    assertThat(codes.subList(0, 2)).containsOnly(Optional.of("V-b252qiarq4vqur6fob7lyclyde"));
    assertThat(codes.get(2)).isPresent().isNotEqualTo(codes.get(0));
  }

  /** Keyed codes link releases of a study; one-time codes must link nothing. */
  @ParameterizedTest
  @EnumSource(
      value = Pseudonymize.Code.class,
      names = {"KEYED", "ONE_TIME"})
  void aCodeComesFromTheKeyThatTheMappingNames(Pseudonymize.Code code) {
    List<String> asked = new ArrayList<>();
    MacKeys keys = new MacKeys();
    Operator operator =
        new Pseudonymize()
            .bind(
                new Pseudonymize.Config("visit", code),
                column(PLAIN, FieldType.CODE),
                new Problems())
            .orElseThrow();

    operator.open(
        new OperatorKeys() {
          @Override
          public Prf keyed(String domain) {
            asked.add("KEYED " + domain);
            return keys.keyed(domain);
          }

          @Override
          public Prf oneTime(String domain) {
            asked.add("ONE_TIME " + domain);
            return keys.oneTime(domain);
          }
        });

    assertThat(asked).containsExactly(code + " visit");
  }

  @Test
  void aFunctionIsAppliedOncePerValueAndItsEmptyAnswerIsMissing() {
    List<String> calls = new ArrayList<>();
    Transformer counting =
        PerValue.bytes(
            "anything",
            () ->
                (buffer, start, end, output) -> {
                  String text = new String(buffer, start, end - start, UTF_8);
                  calls.add(text);
                  output.append(text.equals("empty") ? "" : text);
                  return PerValue.Answer.GIVEN;
                });
    List<Optional<String>> values =
        List.of(Optional.of("a"), Optional.of("empty"), Optional.of("a"), Optional.of("empty"));
    Batch batch =
        new Batch(
            values, new int[4], new Subjects().add("P-1", Optional.empty(), 1, "code").index());

    assertThat(batch.transform(counting).stream().map(Batch.Cell::value))
        .containsExactly(Optional.of("a"), Optional.empty(), Optional.of("a"), Optional.empty());
    assertThat(calls).containsExactly("a", "empty");
  }

  @Test
  void codesOfOneReleaseAndOfAllDiffer() {
    Batch batch =
        new Batch(
            List.of(Optional.of("V-1")),
            new int[1],
            new Subjects().add("P-1", Optional.empty(), 1, "code").index());

    assertThat(batch.transform(OperatorFixtures.codes(Pseudonymize.Code.KEYED)))
        .isNotEqualTo(batch.transform(OperatorFixtures.codes(Pseudonymize.Code.ONE_TIME)));
  }

  @Test
  void aSubjectWithoutAShiftStopsTheRun() {
    Batch batch =
        new Batch(
            List.of(Optional.of("2024-01-01")),
            new int[1],
            new Subjects().add("P-1", Optional.empty(), 0, "code").index());

    assertThatThrownBy(() -> batch.transform(OperatorFixtures.shift(FieldType.DATE)))
        .hasMessage("a released subject has no date shift");
  }

  @Test
  void aDroppedColumnHasNoOutputAndIsNeverBound() {
    assertThat(new Drop().outputs()).isEmpty();
    assertThatThrownBy(
            () -> new Drop().bind(new Drop.Config(), column(PLAIN, FieldType.TEXT), new Problems()))
        .hasMessage("a dropped column is not bound");
  }

  @ParameterizedTest
  @ValueSource(chars = {' ', '.', 'a', 'Z', '0', '9', '\u007F', '\t', 'é'})
  void noCharacterOfACodeSeparatesDiagnoses(char separator) {
    assertThatThrownBy(() -> new ServiceClassOperator.Config("rules.yaml", separator))
        .hasMessage("separator must be a printable ASCII character that is in no code");
  }

  @ParameterizedTest
  @ValueSource(chars = {'!', ',', ';', '|', '/', '~'})
  void anyOtherOneMay(char separator) {
    assertThat(new ServiceClassOperator.Config("rules.yaml", separator).separator())
        .isEqualTo(separator);
  }

  @Test
  void inputsAreCountedInTheOrderOfTheOperator() {
    RuleContext context =
        Context.of(
            PLAIN,
            "visits",
            List.of(
                new RuleContext.Bound("procedure", List.of(new InputSource.OfRow("cpt"))),
                new RuleContext.Bound("state", List.of()),
                new RuleContext.Bound(
                    "diagnoses",
                    List.of(
                        new InputSource.OfRow("icd1"),
                        new InputSource.OfSubject(SubjectAttribute.DEATH_DATE)))),
            List.of(new RuleContext.Output("class", "c", FieldType.CODE, Context.PLACE)));

    assertThat(context.reads())
        .extracting(InputSource::word)
        .containsExactly("cpt", "icd1", "subject.deathDate");
    assertThat(context.positions("procedure")).containsExactly(0);
    assertThat(context.positions("state")).isEmpty();
    assertThat(context.positions("diagnoses")).containsExactly(1, 2);
    assertThat(context.words())
        .containsExactly(
            Map.entry("diagnoses", "icd1, subject.deathDate"), Map.entry("procedure", "cpt"));
    assertThatThrownBy(() -> context.positions("benefits"))
        .hasMessage("the operator has no input benefits");
  }

  @Test
  void anIntervalReportsEveryFaultAtOnce() {
    Problems problems = new Problems();
    InputSource birth = new InputSource.OfSubject(SubjectAttribute.BIRTH_DATE);
    RuleContext context =
        Context.of(
            PLAIN,
            "visits",
            List.of(
                new RuleContext.Bound("start", List.of(birth)),
                new RuleContext.Bound("end", List.of(birth))),
            List.of(new RuleContext.Output("interval", "i", FieldType.DATE, Context.PLACE)));

    assertThat(
            new Interval().bind(new Interval.Config(Effect.IntervalUnit.DAYS), context, problems))
        .isEmpty();
    assertThat(problems.list())
        .extracting(Problem::code)
        .containsExactly("TYPE_MISMATCH", "INTERVAL_FROM_BIRTH", "INTERVAL_OF_NOTHING");
  }

  @ParameterizedTest
  @EnumSource(Effect.IntervalUnit.class)
  void anIntervalIsExplainedInTheCodebook(Effect.IntervalUnit unit) {
    RuleContext context =
        Context.of(
            PLAIN,
            "visits",
            List.of(
                new RuleContext.Bound("start", List.of(new InputSource.OfRow("a"))),
                new RuleContext.Bound("end", List.of(new InputSource.OfRow("b")))),
            List.of(new RuleContext.Output("interval", "i", FieldType.INTEGER, Context.PLACE)));
    String in = unit == Effect.IntervalUnit.DAYS ? "days" : "full years";

    Operator interval =
        new Interval().bind(new Interval.Config(unit), context, new Problems()).orElseThrow();

    assertThat(interval.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.done())
                  .isEqualTo(
                      "Two dates were replaced by the time between them, in "
                          + in
                          + "; dates 90 years or more apart have none.");
              assertThat(note.parameters())
                  .containsExactly(
                      Map.entry("end", "b"),
                      Map.entry("in", in),
                      Map.entry("start", "a"),
                      Map.entry("withheld", "90 full years and more"));
            });
  }
}
