package org.consentry.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.CohortRule;
import org.consentry.config.CohortRule.CohortRecord;
import org.consentry.config.Contacts;
import org.consentry.config.Contacts.Channel;
import org.consentry.config.DeriveRule;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.Mapping;
import org.consentry.config.Node;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.ReleasedType;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.FieldType;
import org.consentry.operator.Operators;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * The list by which the clinic contacts patients: names, the channel that each chose, and the
 * address of that channel. It is a mapping like any other, made of the words under {@code
 * contacts:}, so that consent, operators, manifest and codebook apply to it as to any release.
 *
 * <p><b>Promise:</b> it releases no other column of the source: no id, no code, nothing clinical.
 *
 * @param mapping the subjects table with the columns of the list, and the table that names
 *     services, of which nothing is released
 * @param table the one table to release, by its name
 */
public record ContactList(Mapping mapping, String table) {

  private static final String WHY_NAME = "to address the person by name";
  private static final String WHY_CHANNEL = "to contact the person by the channel that they chose";
  private static final String WHY_ADDRESS = "the address of the channel, of those who chose it";

  /**
   * The contact list of a mapping.
   *
   * @param asked where a list is asked for; messages name it
   * @param problems receives {@code NO_CONTACTS} where the mapping does not name the columns, and
   *     {@code NO_DEATH_DATE} where it does not name that one
   * @return empty after a problem, or for a mapping of which a part could not be read
   */
  public static Optional<ContactList> of(Mapping mapping, Place asked, Problems problems) {
    if (mapping.contacts().isEmpty()) {
      problems.error(
          "NO_CONTACTS",
          asked,
          "the mapping does not name the columns that contacting a person needs",
          "add contacts: with name, preferred, and mail, telephone or email");
      return Optional.empty();
    }
    if (mapping.subjects().deathDate().isEmpty()) {
      problems.error(
          "NO_DEATH_DATE",
          asked,
          "the mapping does not name the date of death, so that the list would have the dead",
          "add deathDate under subjects:");
      return Optional.empty();
    }
    String subjects = mapping.subjects().table().value();
    Contacts contacts = mapping.contacts().get();
    return Optional.ofNullable(mapping.tables().get(subjects))
        .filter(
            rule ->
                contacts.columns().stream()
                    .allMatch(column -> rule.columns().containsKey(column.value())))
        .map(rule -> new Builder(mapping, contacts, rule).build(subjects));
  }

  /**
   * Who had one of some services, as a cohort of the list. Only records that consent covers count.
   *
   * @param codes as the column under {@code services:} has them, at least one
   * @param problems receives {@code NO_SERVICES} where the mapping does not name the column
   */
  public Optional<CohortRule> whoHad(WithPlace<List<String>> codes, Problems problems) {
    Optional<Contacts.Services> services = mapping.contacts().flatMap(Contacts::services);
    if (services.isEmpty()) {
      problems.error(
          "NO_SERVICES",
          codes.place(),
          "the mapping does not name the column of services",
          "add services: {table, column} under contacts:");
    }
    return services.map(
        named ->
            new CohortRule(
                codes.place(),
                List.of(
                    new CohortRecord(
                        codes.place(),
                        named.table(),
                        Map.of(named.column().value(), codes),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                List.of()));
  }

  /** Makes one list. */
  private record Builder(Mapping source, Contacts contacts, TableRule rule) {

    ContactList build(String subjects) {
      Map<String, TableRule> tables = new LinkedHashMap<>();
      tables.put(subjects, with(rule, columns(), derive()));
      contacts
          .services()
          .map(services -> services.table().value())
          .filter(table -> !table.equals(subjects) && source.tables().containsKey(table))
          .ifPresent(table -> tables.put(table, unreleased(table)));
      Mapping list =
          new Mapping(
              source.name(),
              source.version(),
              source.kind(),
              source.description(),
              source.unmapped(),
              Map.of(),
              source.dates(),
              source.subjects(),
              source.contacts(),
              tables,
              Map.of());
      return new ContactList(list, subjects);
    }

    /** The same table with other rules; references lead nowhere, because nothing else is there. */
    private static TableRule with(
        TableRule table, Map<String, ColumnRule> columns, List<DeriveRule> derive) {
      return new TableRule(
          table.place(),
          table.subject(),
          table.key(),
          table.compareKeys(),
          table.recordDate(),
          table.category(),
          table.timeless(),
          Map.of(),
          table.description(),
          table.cells(),
          columns,
          derive);
    }

    private TableRule unreleased(String name) {
      TableRule table = Objects.requireNonNull(source.tables().get(name));
      Map<String, ColumnRule> columns = new LinkedHashMap<>();
      table.columns().forEach((column, rules) -> columns.put(column, dropped(rules)));
      return with(table, columns, List.of());
    }

    /** Names first, in their order; every other column ends here. */
    private Map<String, ColumnRule> columns() {
      Map<String, ColumnRule> columns = new LinkedHashMap<>();
      for (WithPlace<String> name : contacts.name()) {
        ColumnRule before = Objects.requireNonNull(rule.columns().get(name.value()));
        columns.put(name.value(), kept(name, before));
      }
      rule.columns().forEach((name, column) -> columns.putIfAbsent(name, dropped(column)));
      return columns;
    }

    private static ColumnRule kept(WithPlace<String> name, ColumnRule before) {
      return new ColumnRule(
          before.place(),
          List.of(
              new OutputRule(
                  name.place(),
                  role(name.place()),
                  new WithPlace<>(Operators.KEEP, name.place()),
                  Optional.empty(),
                  Optional.of(type(FieldType.TEXT, name.place())),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new WithPlace<>(WHY_NAME, name.place())),
                  Optional.empty(),
                  Optional.empty(),
                  before.outputs().get(0).category(),
                  List.of(),
                  before.cells(),
                  new Node.Mapping(name.place(), List.of()))));
    }

    private static ColumnRule dropped(ColumnRule before) {
      OutputRule first = before.outputs().get(0);
      return new ColumnRule(
          before.place(),
          List.of(
              new OutputRule(
                  first.place(),
                  first.role(),
                  new WithPlace<>(OutputRule.DROP, first.operator().place()),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  first.why(),
                  Optional.empty(),
                  Optional.empty(),
                  first.category(),
                  List.of(),
                  before.cells(),
                  new Node.Mapping(first.place(), List.of()))));
    }

    private List<DeriveRule> derive() {
      List<DeriveRule> rules = new ArrayList<>();
      rules.add(contact());
      for (Channel channel : Channel.values()) {
        contacts.columns(channel).forEach(column -> rules.add(address(channel, column)));
      }
      return rules;
    }

    private DeriveRule contact() {
      Place place = contacts.preferred().place();
      Map<String, List<WithPlace<String>>> from = new LinkedHashMap<>();
      from.put("preferred", List.of(contacts.preferred()));
      contacts.leaveMessage().ifPresent(column -> from.put("leaveMessage", List.of(column)));
      for (Channel channel : Channel.values()) {
        if (!contacts.columns(channel).isEmpty()) {
          from.put(channel.word(), contacts.columns(channel));
        }
      }
      source.subjects().deathDate().ifPresent(column -> from.put("deathDate", List.of(column)));
      List<Node.Entry> words =
          contacts.words().entrySet().stream()
              .map(entry -> entry(entry.getKey(), place, scalar(entry.getValue(), place)))
              .toList();
      return new DeriveRule(
          place,
          new WithPlace<>(Operators.CONTACT_CHANNEL, place),
          from,
          Optional.empty(),
          List.of(
              released("for", Contacts.LISTED.get(0), place, WHY_CHANNEL),
              released("channel", Contacts.LISTED.get(1), place, WHY_CHANNEL),
              released("leaveMessage", Contacts.LISTED.get(2), place, WHY_CHANNEL)),
          new Node.Mapping(
              place, List.of(entry("channels", place, new Node.Mapping(place, words)))));
    }

    private DeriveRule address(Channel channel, WithPlace<String> column) {
      Place place = column.place();
      List<Node> words =
          contacts.wordsFor(channel, column.value()).stream()
              .map(word -> scalar(word, place))
              .toList();
      return new DeriveRule(
          place,
          new WithPlace<>(Operators.KEEP_WHERE, place),
          Map.of("value", List.of(column), "where", List.of(contacts.preferred())),
          Optional.empty(),
          List.of(column("value", column.value(), FieldType.TEXT, place, WHY_ADDRESS)),
          new Node.Mapping(place, List.of(entry("is", place, new Node.Sequence(place, words)))));
    }

    private static DerivedColumn released(String of, String as, Place place, String why) {
      return column(of, as, FieldType.CODE, place, why);
    }

    private static DerivedColumn column(
        String of, String as, FieldType type, Place place, String why) {
      return new DerivedColumn(
          place,
          Optional.of(new WithPlace<>(of, place)),
          new WithPlace<>(as, place),
          role(place),
          type(type, place),
          Optional.empty(),
          Optional.of(new WithPlace<>(why, place)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }

    private static WithPlace<Role> role(Place place) {
      return new WithPlace<>(Role.DIRECT_IDENTIFIER, place);
    }

    private static WithPlace<ReleasedType> type(FieldType type, Place place) {
      return new WithPlace<>(new ReleasedType(type), place);
    }

    private static Node.Entry entry(String key, Place place, Node value) {
      return new Node.Entry(key, place, value);
    }

    private static Node scalar(String text, Place place) {
      return new Node.Scalar(place, text, Node.Scalar.Style.QUOTED);
    }
  }
}
