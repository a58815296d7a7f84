package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Contacts.Channel;
import org.consentry.data.Blanks;
import org.consentry.data.BytesColumn;
import org.consentry.data.Exclusion;
import org.consentry.operator.text.BytesLookup;

/**
 * By which channel a person is contacted, if any, by the cells of the inputs of {@link
 * ContactChannel}. Immutable; safe for any number of threads.
 *
 * <p><b>Promise:</b> no channel is used that the person did not choose, and anything in the column
 * of the date of death means that the person has died.
 */
final class ChosenChannel {

  static final String PREFERRED = "preferred";
  static final String LEAVE_MESSAGE = "leaveMessage";
  static final String DEATH_DATE = "deathDate";

  private static final BytesLookup YES = new BytesLookup(List.of("yes"));

  /** A channel, and the positions of inputs of which one has its address. */
  private record Way(Channel channel, List<Integer> addresses) {}

  private final BytesLookup words;
  private final List<Way> ways;
  private final int preferred;
  private final List<Integer> leaveMessage;
  private final List<Integer> deathDate;

  private ChosenChannel(BytesLookup words, List<Way> ways, RuleContext context) {
    this.words = words;
    this.ways = List.copyOf(ways);
    this.preferred = context.positions(PREFERRED).get(0);
    this.leaveMessage = context.positions(LEAVE_MESSAGE);
    this.deathDate = context.positions(DEATH_DATE);
  }

  /**
   * Binds the words of the source.
   *
   * @param channels what each word means; every meaning has {@link #addresses}
   */
  static ChosenChannel of(Map<String, String> channels, RuleContext context) {
    List<Way> ways = new ArrayList<>();
    channels
        .values()
        .forEach(
            meaning ->
                ways.add(
                    new Way(
                        Channel.of(meaning).orElse(Channel.TELEPHONE),
                        addresses(meaning, context))));
    return new ChosenChannel(new BytesLookup(List.copyOf(channels.keySet())), ways, context);
  }

  /**
   * The inputs of which one must have a value, by their positions: the first of a postal address,
   * any of the telephone numbers, or the one that the meaning names; none when it has none.
   */
  static List<Integer> addresses(String meaning, RuleContext context) {
    Optional<Channel> channel = Channel.of(meaning);
    if (channel.isPresent()) {
      List<Integer> all = context.positions(meaning);
      return channel.get() == Channel.MAIL ? all.stream().limit(1).toList() : all;
    }
    return context.positions(Channel.TELEPHONE.word()).stream()
        .filter(position -> context.reads().get(position).word().equals(meaning))
        .toList();
  }

  /** Why a row is left out, as {@link RowTest} answers it. */
  byte reason(List<BytesColumn> cells, int row) {
    if (deathDate.stream().anyMatch(position -> isGiven(cells.get(position), row))) {
      return Exclusion.DECEASED.code();
    }
    return channel(cells, row).isPresent() ? 0 : Exclusion.NOT_REACHABLE.code();
  }

  /** The channel that the person chose, if it has an address. */
  Optional<Channel> channel(List<BytesColumn> cells, int row) {
    int word = find(words, cells.get(preferred), row);
    return Stream.of(word)
        .filter(found -> found >= 0)
        .map(ways::get)
        .filter(way -> way.addresses().stream().anyMatch(at -> isGiven(cells.get(at), row)))
        .map(Way::channel)
        .findFirst();
  }

  /** Whether the cell states it; any other word means no. */
  boolean mayLeaveMessage(List<BytesColumn> cells, int row) {
    return leaveMessage.stream().anyMatch(position -> find(YES, cells.get(position), row) >= 0);
  }

  private static int find(BytesLookup lookup, BytesColumn column, int row) {
    return isGiven(column, row)
        ? lookup.findTrimmed(column.buffer(), column.starts()[row], column.ends()[row])
        : -1;
  }

  private static boolean isGiven(BytesColumn column, int row) {
    if (column.isMissing(row)) {
      return false;
    }
    int end = column.ends()[row];
    return Blanks.start(column.buffer(), column.starts()[row], end) < end;
  }
}
