package org.consentry.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.data.EnumWord;
import org.consentry.problem.Place;

/**
 * What the clinic needs to contact a person: columns of the subjects table. Only contact lists use
 * it; a release for research does not depend on it.
 *
 * @param place where it is
 * @param name columns of the person's names, in the order in which they are released
 * @param preferred column of the channel that the person chose
 * @param leaveMessage column with {@code yes} where a message may be left; any other word, and no
 *     word, means no
 * @param mail columns of the postal address; without a value in the first there is no address
 * @param telephone columns of telephone numbers
 * @param email column of the address for e-mail
 * @param channels what the words in {@code preferred} mean: a channel, or one column of {@code
 *     telephone}; absent means that they are the names of the channels
 * @param services column that names the services which a patient had
 */
@Doc("What the clinic needs to contact a person: columns of the subjects table")
public record Contacts(
    Place place,
    @Doc("columns of the person's names, in the order in which they are released") @OneOrMany
        List<WithPlace<String>> name,
    @Doc("column of the channel that the person chose") WithPlace<String> preferred,
    @Doc("column with yes where a message may be left; anything else means no")
        Optional<WithPlace<String>> leaveMessage,
    @Doc("columns of the postal address; without a value in the first there is no address")
        @OneOrMany
        @MayBeEmpty
        List<WithPlace<String>> mail,
    @Doc("columns of telephone numbers") @OneOrMany @MayBeEmpty List<WithPlace<String>> telephone,
    @Doc("column of the address for e-mail") Optional<WithPlace<String>> email,
    @Doc(
            "what the words of preferred mean: mail, telephone, email, or one column of telephone;"
                + " by default the first three mean themselves")
        @MayBeEmpty
        Map<String, WithPlace<String>> channels,
    @Doc("the column that names the services which a patient had") Optional<Services> services) {

  /** The columns of a contact list that are no columns of the source, by their released names. */
  public static final List<String> LISTED = List.of("for", "channel", "leave_message");

  /** A way to contact a person. */
  public enum Channel {
    MAIL,
    TELEPHONE,
    EMAIL;

    /** The word of the mapping. */
    public String word() {
      return EnumWord.of(this);
    }

    /** The channel of a word; empty when there is none. */
    public static Optional<Channel> of(String word) {
      return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /**
   * The column that names the services which a patient had.
   *
   * @param table a table of the mapping
   * @param column its column
   */
  @Doc("The column that names the services which a patient had")
  public record Services(
      Place place,
      @Doc("a table of the mapping") WithPlace<String> table,
      @Doc("its column") WithPlace<String> column) {}

  /** The columns of a channel's address, in their order; none where the clinic has none. */
  public List<WithPlace<String>> columns(Channel channel) {
    return switch (channel) {
      case MAIL -> mail;
      case TELEPHONE -> telephone;
      case EMAIL -> email.stream().toList();
    };
  }

  /** Every column of the subjects table that is named, in the order of the keys. */
  public List<WithPlace<String>> columns() {
    List<WithPlace<String>> all = new ArrayList<>(name);
    all.add(preferred);
    leaveMessage.ifPresent(all::add);
    Stream.of(Channel.values()).forEach(channel -> all.addAll(columns(channel)));
    return List.copyOf(all);
  }

  /** What each word of {@code preferred} means: a channel, or one column of {@code telephone}. */
  public Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    channels.forEach((word, meaning) -> words.put(word, meaning.value()));
    if (words.isEmpty()) {
      Stream.of(Channel.values())
          .filter(channel -> !columns(channel).isEmpty())
          .forEach(channel -> words.put(channel.word(), channel.word()));
    }
    return words;
  }

  /**
   * The words of {@code preferred} that choose a column.
   *
   * @param channel the channel whose column it is
   */
  public List<String> wordsFor(Channel channel, String column) {
    return words().entrySet().stream()
        .filter(
            entry ->
                entry.getValue().equals(channel.word())
                    || (channel == Channel.TELEPHONE && entry.getValue().equals(column)))
        .map(Map.Entry::getKey)
        .toList();
  }
}
