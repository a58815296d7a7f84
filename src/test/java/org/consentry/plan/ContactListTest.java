package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.CohortRule;
import org.consentry.config.DeriveRule;
import org.consentry.config.JobFile;
import org.consentry.config.Mapping;
import org.consentry.config.MappingContent;
import org.consentry.config.MappingFile;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.config.YamlFile;
import org.consentry.connector.Connectors;
import org.consentry.data.Field;
import org.consentry.operator.Operators;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** A contact list is the mapping that a person would write for it, column by column. */
final class ContactListTest {

  private static final Place ASKED = new Place("job.yaml", 3, 1);

  private static final String CONTACTS =
      """
      contacts:
        name: [given, family]
        preferred: chosen
        leaveMessage: message
        mail: [street, zip]
        telephone: [mobile, home]
        email: secure
        channels: {M: mobile, H: home, call: telephone, letter: mail, secure mail: email}
        services: {table: procedures, column: cpt}
      """;

  private static final String CLINIC =
      """
      mapping: clinic
      version: 3
      unmapped: stop
      prefixes: {patient: P, procedure: X}
      subjects: {table: patients, key: id, birthDate: born, deathDate: died}
      %stables:
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            family: {role: direct-identifier, do: drop}
            born: {role: quasi-identifier, do: birth-year, as: birth_year, type: integer}
            died: {role: quasi-identifier, do: drop}
            given: {role: direct-identifier, do: drop, nulls: [n/a]}
            street: {role: direct-identifier, do: drop}
            zip:
              - {role: quasi-identifier, do: generalize, to: zip3, list: census-2020, type: code}
              - {role: quasi-identifier, do: keep, as: zip, type: code}
            mobile: {role: direct-identifier, do: drop}
            home: {role: direct-identifier, do: drop}
            secure: {role: direct-identifier, do: drop}
            chosen: {role: non-sensitive, do: drop}
            message: {role: non-sensitive, do: drop}
            sex: {role: quasi-identifier, do: keep, type: code}
          derive:
            - do: interval
              from: {start: born, end: died}
              release: {as: span, role: quasi-identifier, type: integer}
        procedures:
          subject: id
          key: procedure
          recordDate: day
          category: PROCEDURE
          columns:
            procedure: {role: linkage-key, do: pseudonymize, domain: procedure, code: one-time, type: code}
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: random, type: code}
            day: {role: quasi-identifier, do: keep, type: date}
            cpt: {role: sensitive, do: keep, type: code}
        visits:
          subject: id
          key: visit
          recordDate: day
          category: VISIT
          columns:
            visit: {role: linkage-key, do: drop}
            id: {role: linkage-key, do: drop}
            day: {role: quasi-identifier, do: keep, type: date}
      """;

  private static final String LIST =
      """
      mapping: clinic
      version: 3
      subjects: {table: patients, key: id, birthDate: born, deathDate: died}
      tables:
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            given: {role: direct-identifier, do: keep, type: text, nulls: [n/a]}
            family: {role: direct-identifier, do: keep, type: text}
            id: {role: linkage-key, do: drop}
          derive:
            - do: contactChannel
              channels: {M: mobile, H: home, call: telephone, letter: mail, secure mail: email}
              from:
                preferred: chosen
                leaveMessage: message
                mail: [street, zip]
                telephone: [mobile, home]
                email: secure
                deathDate: died
              release:
                - {of: for, as: for, role: direct-identifier, type: code}
                - {of: channel, as: channel, role: direct-identifier, type: code}
                - {of: leaveMessage, as: leave_message, role: direct-identifier, type: code}
            - do: keepWhere
              is: [letter]
              from: {value: street, where: chosen}
              release: {of: value, as: street, role: direct-identifier, type: text}
            - do: keepWhere
              is: [letter]
              from: {value: zip, where: chosen}
              release: {of: value, as: zip, role: direct-identifier, type: text}
            - do: keepWhere
              is: [M, call]
              from: {value: mobile, where: chosen}
              release: {of: value, as: mobile, role: direct-identifier, type: text}
            - do: keepWhere
              is: [H, call]
              from: {value: home, where: chosen}
              release: {of: value, as: home, role: direct-identifier, type: text}
            - do: keepWhere
              is: [secure mail]
              from: {value: secure, where: chosen}
              release: {of: value, as: secure, role: direct-identifier, type: text}
        procedures:
          subject: id
          key: procedure
          recordDate: day
          category: PROCEDURE
          columns:
            cpt: {role: sensitive, do: drop}
      """;

  private static Mapping read(String text) {
    Problems problems = new Problems();
    Optional<Mapping> mapping =
        YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "map.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    assertThat(problems.list()).isEmpty();
    return mapping.orElseThrow();
  }

  private static ContactList list(String contacts) {
    Problems problems = new Problems();
    Optional<ContactList> list = ContactList.of(read(CLINIC.formatted(contacts)), ASKED, problems);
    assertThat(problems.list()).isEmpty();
    return list.orElseThrow();
  }

  private static TableRule table(Mapping mapping, String name) {
    return Objects.requireNonNull(mapping.tables().get(name));
  }

  @Test
  void isTheMappingThatAPersonWouldWrite() {
    ContactList list = list(CONTACTS);

    assertThat(list.table()).isEqualTo("patients");
    assertThat(MappingContent.of(list.mapping()).parts())
        .isEqualTo(MappingContent.of(read(LIST)).parts());
  }

  @Test
  void releasesNamesFirstAndTheAddressesInTheirOrder() {
    ContactList list = list(CONTACTS);

    assertThat(table(list.mapping(), list.table()).releasedNames())
        .containsExactly(
            "given",
            "family",
            "for",
            "channel",
            "leave_message",
            "street",
            "zip",
            "mobile",
            "home",
            "secure");
  }

  @Test
  void everyColumnHasAReason() {
    TableRule patients = table(list(CONTACTS).mapping(), "patients");

    assertThat(patients.columns().values())
        .flatExtracting(TableRule.ColumnRule::outputs)
        .filteredOn(OutputRule::isReleased)
        .allMatch(output -> output.why().isPresent());
    assertThat(patients.derive())
        .flatExtracting(DeriveRule::release)
        .allMatch(column -> column.why().isPresent());
  }

  @Test
  void everyColumnOfTheSourceStillHasARuleAndConsentToTheSameCategory() {
    Mapping list = list(CONTACTS).mapping();
    Mapping clinic = read(CLINIC.formatted(""));

    for (String name : list.tables().keySet()) {
      assertThat(table(list, name).columns().keySet())
          .containsExactlyInAnyOrderElementsOf(table(clinic, name).columns().keySet());
    }
  }

  @Test
  void wordsAreThoseOfTheChannelsByDefault() {
    ContactList list =
        list("contacts: {name: family, preferred: chosen, telephone: [home], email: secure}\n");

    assertThat(MappingContent.of(list.mapping()).parts().get("patients.channel"))
        .contains("{\"channels\"={\"email\"=\"email\", \"telephone\"=\"telephone\"}}");
  }

  @Test
  void changesNoContentOfTheMappingItself() {
    assertThat(MappingContent.of(read(CLINIC.formatted(CONTACTS))))
        .isEqualTo(MappingContent.of(read(CLINIC.formatted(""))));
  }

  @Test
  void whoHadAServiceIsFoundInItsTable() {
    Problems problems = new Problems();

    Optional<CohortRule> cohort =
        list(CONTACTS).whoHad(new WithPlace<>(List.of("15822", "15823"), ASKED), problems);

    assertThat(problems.list()).isEmpty();
    assertThat(cohort.orElseThrow().any())
        .singleElement()
        .satisfies(record -> assertThat(record.table().value()).isEqualTo("procedures"))
        .satisfies(
            record ->
                assertThat(record.where())
                    .containsExactly(
                        Map.entry("cpt", new WithPlace<>(List.of("15822", "15823"), ASKED))));
  }

  @Test
  void withoutAColumnOfServicesNoOneCanBeFoundByThem() {
    Problems problems = new Problems();

    Optional<CohortRule> cohort =
        list("contacts: {name: family, preferred: chosen, email: secure}\n")
            .whoHad(new WithPlace<>(List.of("15822"), ASKED), problems);

    assertThat(cohort).isEmpty();
    assertThat(problems.list().stream().map(Problem::toString))
        .containsExactly(
            "job.yaml:3:1: error NO_SERVICES the mapping does not name the column of services; add"
                + " services: {table, column} under contacts:");
  }

  /** Every rule is bound, with the source that the clinic has, and nothing else leaves. */
  @Test
  void isBoundToTheSampleClinic() {
    Problems problems = new Problems();
    Mapping clinic =
        MappingFile.read(Path.of("mappings/clinic-safe-harbor.yaml"), "map.yaml", problems)
            .orElseThrow()
            .mapping();
    ContactList list = ContactList.of(clinic, ASKED, problems).orElseThrow();
    Optional<CohortRule> cohort = list.whoHad(new WithPlace<>(List.of("15822"), ASKED), problems);
    SourceFormats formats = SourceFormats.of(list.mapping(), Operators.SHIPPED, problems);
    Path jobs = Path.of("jobs");
    SourceHeads heads =
        SourceHeads.open(
            Connectors.SHIPPED,
            JobFile.readPartly(jobs.resolve("eyelid-outcomes.yaml"), "job.yaml", problems)
                .orElseThrow()
                .job()
                .source(),
            jobs,
            formats,
            problems);
    SourceTime time =
        SourceTime.of(list.mapping(), formats.dates(), LocalDate.of(2026, 11, 1), problems);
    Lists lists = new Lists(Path.of("mappings"));
    RuleBinder rules =
        new RuleBinder(
            Operators.SHIPPED,
            list.mapping(),
            formats,
            time,
            lists,
            ChosenLevels.asMapped(problems),
            problems);

    Optional<TablesPlan> plan =
        new TablesPlanner(
                list.mapping(),
                Set.of(list.table()),
                Map.of(),
                Map.of("procedures", table(list.mapping(), "procedures")),
                heads,
                time,
                problems)
            .plan(rules, lists, cohort);

    assertThat(problems.hasErrors()).as(problems.list().toString()).isFalse();
    assertThat(plan.orElseThrow().tables()).singleElement().satisfies(this::isTheList);
    assertThat(plan.get().decide().cohort()).isPresent();
    assertThat(plan.get().decide().codeSlots()).isEmpty();
  }

  private void isTheList(TableExtract table) {
    assertThat(table.name()).isEqualTo("patients");
    assertThat(table.schema().fields().stream().map(Field::name))
        .containsExactly(
            "first_name",
            "last_name",
            "for",
            "channel",
            "leave_message",
            "address",
            "city",
            "state",
            "zip",
            "home_phone",
            "mobile_phone",
            "work_phone",
            "secure_email");
    assertThat(table.operators().stream().filter(made -> made.rowTest().isPresent())).hasSize(1);
    assertThat(table.dating()).isInstanceOf(TableExtract.Dating.Timeless.class);
    assertThat(table.ownCategories()).isEmpty();
    assertThat(table.released().stream().flatMap(each -> each.columns().stream()))
        .allMatch(column -> column.role().equals("direct-identifier"))
        .noneMatch(column -> column.texts().why().isEmpty());
  }

  @Test
  void aMappingWithoutContactsMakesNone() {
    Problems problems = new Problems();

    Optional<ContactList> list = ContactList.of(read(CLINIC.formatted("")), ASKED, problems);

    assertThat(list).isEmpty();
    assertThat(problems.list().stream().map(Problem::toString))
        .containsExactly(
            "job.yaml:3:1: error NO_CONTACTS the mapping does not name the columns that contacting a"
                + " person needs; add contacts: with name, preferred, and mail, telephone or email");
  }
}
