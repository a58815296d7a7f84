package org.consentry.followup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.consent.DaySpan;
import org.consentry.consent.Grants;
import org.consentry.data.RecordCategory;
import org.consentry.followup.RecallLine.Action;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.MembershipHead.Own;
import org.consentry.ledger.MembershipHead.Table;
import org.consentry.ledger.MembershipHead.Time;

/**
 * What of a patient's released records a narrowed consent no longer covers. Only what was permitted
 * then can be lost, and only where the patient has records. Where that is not known, it counts as
 * lost.
 *
 * <p><b>Security promise:</b> a list shows days only to a recipient who has the days of the records
 * themselves, years to one who has years, and nothing else: a window of days beside shifted or
 * coarser dates would give them away.
 */
final class NarrowedConsent {

  private final Grants then;
  private final Grants now;

  NarrowedConsent(Grants then, Grants now) {
    this.then = then;
    this.now = now;
  }

  /** Whether the row that describes the person no longer goes out, and with it no row at all. */
  boolean endsEverything(Table table) {
    return table.time() == Time.TIMELESS && then.describesThePerson() && !now.describesThePerson();
  }

  /**
   * What is lost in a table.
   *
   * @param code how the recipient knows the patient
   * @param records from which to which day the patient has records in it
   */
  List<RecallLine> of(Table table, String code, DaySpan records) {
    boolean timeless = table.time() == Time.TIMELESS;
    List<RecallLine> lines =
        timeless ? List.of() : lines(table, "", table.category(), code, records, table.grain());
    if (lines.stream().anyMatch(line -> line.action() == Action.REMOVE)) {
      return lines;
    }
    List<RecallLine> all = new ArrayList<>(lines);
    Grain grain = timeless ? Grain.NOTHING : table.grain();
    Map<String, List<RecallLine>> cells = new LinkedHashMap<>();
    for (Own own : table.own()) {
      List<RecallLine> lost = lines(table, own.column(), own.category(), code, records, grain);
      if (!lost.isEmpty()) {
        cells.merge(own.column(), lost, (one, other) -> removed(table, own.column(), code));
      }
    }
    cells.values().stream()
        .filter(lost -> !lost.stream().map(NarrowedConsent::ofRows).toList().equals(lines))
        .forEach(all::addAll);
    return all;
  }

  /** Cells that go where their rows go need no line of their own. */
  private static RecallLine ofRows(RecallLine cells) {
    return new RecallLine(
        cells.code(), cells.table(), "", cells.action(), cells.from(), cells.to());
  }

  private List<RecallLine> lines(
      Table table, String column, String category, String code, DaySpan records, Grain grain) {
    RecordCategory known = RecordCategory.parse(category).orElseThrow();
    List<DaySpan> left = within(now.spans(known), records);
    boolean lost =
        within(then.spans(known), records).stream()
            .anyMatch(span -> left.stream().noneMatch(stays -> stays.contains(span)));
    if (!lost) {
      return List.of();
    }
    List<RecallLine> kept =
        left.stream()
            .filter(span -> left.stream().noneMatch(other -> isWider(other, span)))
            .flatMap(span -> keep(table, column, code, span, records, grain).stream())
            .distinct()
            .toList();
    return kept.isEmpty() ? removed(table, column, code) : kept;
  }

  /** All rows or cells go; also cells that need two categories of which each is narrowed. */
  private static List<RecallLine> removed(Table table, String column, String code) {
    return List.of(new RecallLine(code, table.name(), column, Action.REMOVE, "", ""));
  }

  private static boolean isWider(DaySpan other, DaySpan span) {
    return !other.equals(span) && other.contains(span);
  }

  private static List<DaySpan> within(List<DaySpan> spans, DaySpan records) {
    return spans.stream().filter(records::meets).map(records::within).distinct().toList();
  }

  private static Optional<RecallLine> keep(
      Table table, String column, String code, DaySpan span, DaySpan records, Grain grain) {
    return switch (grain) {
      case DAY ->
          Optional.of(
              new RecallLine(
                  code,
                  table.name(),
                  column,
                  Action.KEEP_ONLY,
                  span.first() == DaySpan.EVER ? "" : day(span.first()).toString(),
                  span.last() == DaySpan.FOREVER ? "" : day(span.last()).toString()));
      case YEAR -> years(table, column, code, span, records);
      case NOTHING -> Optional.empty();
    };
  }

  /** Whole years, and the parts of years beside which the patient has no record. */
  private static Optional<RecallLine> years(
      Table table, String column, String code, DaySpan span, DaySpan records) {
    int from = Integer.MIN_VALUE;
    int to = Integer.MAX_VALUE;
    if (span.first() != DaySpan.EVER) {
      LocalDate first = day(span.first());
      boolean whole = span.first() == records.first() || first.getDayOfYear() == 1;
      from = whole ? first.getYear() : first.getYear() + 1;
    }
    if (span.last() != DaySpan.FOREVER) {
      LocalDate last = day(span.last());
      boolean whole = span.last() == records.last() || last.getDayOfYear() == last.lengthOfYear();
      to = whole ? last.getYear() : last.getYear() - 1;
    }
    return from > to
        ? Optional.empty()
        : Optional.of(
            new RecallLine(
                code,
                table.name(),
                column,
                Action.KEEP_ONLY,
                from == Integer.MIN_VALUE ? "" : Integer.toString(from),
                to == Integer.MAX_VALUE ? "" : Integer.toString(to)));
  }

  private static LocalDate day(int day) {
    return LocalDate.ofEpochDay(day);
  }
}
