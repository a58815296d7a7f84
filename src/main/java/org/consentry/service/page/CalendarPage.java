package org.consentry.service.page;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.consentry.followup.Deadline;
import org.consentry.problem.CountWords;

/**
 * What ends, in the order of the days.
 *
 * @param deadlines in order
 * @param today what is overdue is judged by it
 * @param notRead jobs whose days are not known, with the reason
 */
public record CalendarPage(List<Deadline> deadlines, LocalDate today, List<String> notRead)
    implements PageModel {

  private static final int SOON_DAYS = 30;

  /** A calendar of more lines is cut, and shows that it is. */
  static final int MOST = 2_000;

  public CalendarPage {
    deadlines = List.copyOf(deadlines);
    notRead = List.copyOf(notRead);
  }

  /** The days by month, what is over first. */
  Map<String, List<Deadline>> months() {
    Map<String, List<Deadline>> months = new LinkedHashMap<>();
    deadlines.stream()
        .limit(MOST)
        .forEach(one -> months.computeIfAbsent(month(one), name -> new ArrayList<>()).add(one));
    return months;
  }

  private String month(Deadline one) {
    if (one.day().isBefore(today)) {
      return "Over";
    }
    YearMonth month = YearMonth.from(one.day());
    String name = month.getMonth().name().toLowerCase(Locale.ROOT);
    return name.substring(0, 1).toUpperCase(Locale.ROOT)
        + name.substring(1)
        + " "
        + month.getYear();
  }

  /** How near it is. */
  Mark mark(Deadline one) {
    long days = ChronoUnit.DAYS.between(today, one.day());
    if (days < 0) {
      return new Mark(Tone.BAD, "over for " + CountWords.of(-days, "day"));
    }
    if (days == 0) {
      return new Mark(Tone.BAD, "today");
    }
    return new Mark(days <= SOON_DAYS ? Tone.WAIT : Tone.QUIET, "in " + CountWords.of(days, "day"));
  }

  @Override
  public String template() {
    return "calendar.jte";
  }
}
