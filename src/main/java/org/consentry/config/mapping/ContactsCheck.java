package org.consentry.config.mapping;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Contacts;
import org.consentry.config.Contacts.Channel;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.problem.Problems;

/** Checks what a mapping names for contact lists. Reports everything it finds. */
final class ContactsCheck {

  private final Mapping mapping;
  private final Problems problems;

  ContactsCheck(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  void check(Contacts contacts) {
    WithPlace<String> subjects = mapping.subjects().table();
    if (mapping.tables().containsKey(subjects.value())) {
      contacts.columns().forEach(column -> column(subjects.value(), column));
      contacts.columns().forEach(column -> category(subjects.value(), column));
      mapping.subjects().deathDate().ifPresent(column -> category(subjects.value(), column));
    }
    contacts.services().ifPresent(this::services);
    repeated(contacts);
    channels(contacts);
  }

  /** Every column has a rule, so that the source must have it whatever becomes of the others. */
  private void column(String table, WithPlace<String> column) {
    TableRule rule = mapping.tables().get(table);
    if (rule != null && !rule.columns().containsKey(column.value())) {
      problems.error(
          "UNKNOWN_COLUMN",
          column.place(),
          "table '" + table + "' has no rule for a column " + SafeWord.word(column.value()),
          Suggestion.hint(column.value(), rule.columns().keySet()));
    }
  }

  /** One consent decides the whole line of a person, or a name would be there without the rest. */
  private void category(String table, WithPlace<String> column) {
    TableRule rule = mapping.tables().get(table);
    if (rule != null
        && rule.columns().containsKey(column.value())
        && !rule.categories(column.value()).equals(Set.of(rule.category().value()))) {
      problems.error(
          "CONTACT_CATEGORY",
          column.place(),
          "column "
              + SafeWord.word(column.value())
              + " has a category of its own, and one consent decides a line of a contact list",
          "remove category: from the rule of the column");
    }
  }

  private void services(Contacts.Services services) {
    if (mapping.tables().containsKey(services.table().value())) {
      column(services.table().value(), services.column());
    } else if (!mapping.tables().isEmpty()) {
      problems.error(
          "UNKNOWN_TABLE",
          services.table().place(),
          "the mapping has no table " + SafeWord.word(services.table().value()),
          Suggestion.hint(services.table().value(), mapping.tables().keySet()));
    }
  }

  /** Names and addresses are released under their own names, beside three columns of the list. */
  private void repeated(Contacts contacts) {
    Set<String> seen = new HashSet<>(Contacts.LISTED);
    Stream.concat(
            contacts.name().stream(),
            Stream.of(Channel.values()).flatMap(channel -> contacts.columns(channel).stream()))
        .filter(column -> !seen.add(column.value().toLowerCase(Locale.ROOT)))
        .forEach(
            column ->
                problems.error(
                    "DUPLICATE_COLUMN",
                    column.place(),
                    "a contact list would have the column "
                        + SafeWord.word(column.value())
                        + " twice (upper and lower case are the same here; the list has columns "
                        + String.join(", ", Contacts.LISTED)
                        + " of its own)",
                    "name another column"));
  }

  private void channels(Contacts contacts) {
    List<String> known =
        Stream.concat(
                Stream.of(Channel.values())
                    .filter(channel -> !contacts.columns(channel).isEmpty())
                    .map(Channel::word),
                contacts.telephone().stream().map(WithPlace::value))
            .distinct()
            .toList();
    if (known.isEmpty() && !Binder.isFiller(contacts.place())) {
      problems.error(
          "NO_CHANNEL",
          contacts.place(),
          "contacts names no column of an address",
          "add mail, telephone or email");
      return;
    }
    contacts.channels().values().stream()
        .filter(meaning -> !known.contains(meaning.value()))
        .forEach(
            meaning ->
                problems.error(
                    "NO_CHANNEL",
                    meaning.place(),
                    "there is no channel " + SafeWord.word(meaning.value()),
                    Suggestion.hint(meaning.value(), known)));
    Stream.of(Channel.values()).forEach(channel -> idle(contacts, channel));
  }

  private void idle(Contacts contacts, Channel channel) {
    contacts.columns(channel).stream()
        .filter(column -> contacts.wordsFor(channel, column.value()).isEmpty())
        .forEach(
            column ->
                problems.error(
                    "IDLE_KEY",
                    column.place(),
                    "no word of channels chooses the column " + SafeWord.word(column.value()),
                    "add the word that the source has for it, or remove the column"));
  }
}
