package org.consentry.followup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.consentry.consent.DaySpan;
import org.consentry.consent.Grants;
import org.consentry.data.RecordCategory;
import org.consentry.followup.RecallLine.Action;
import org.consentry.ledger.MembershipHead.Grain;
import org.consentry.ledger.MembershipHead.Own;
import org.consentry.ledger.MembershipHead.Table;
import org.consentry.ledger.MembershipHead.Time;
import org.junit.jupiter.api.Test;

/** What a list keeps is compared with what consent covers, over random consent. */
final class NarrowedConsentTest {

  private static final long SEED = 20_261_127;
  private static final int FIRST = (int) LocalDate.of(2020, 12, 20).toEpochDay();
  private static final int DAYS = 800;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void aRecipientOfDaysKeepsExactlyTheRecordsThatAreStillCovered() {
    int listed = 0;
    for (int i = 0; i < 3_000; i++) {
      Grants then = grants();
      Grants now = grants();
      DaySpan records = span();

      List<RecallLine> lines = new NarrowedConsent(then, now).of(visits(Grain.DAY), "c", records);

      listed += lines.isEmpty() ? 0 : 1;
      for (int r = 0; r < 20; r++) {
        DaySpan record = span();
        if (records.contains(record) && covers(then, record)) {
          assertThat(isKept(lines, record, Grain.DAY))
              .as("seed %s, round %s, record %s, lines %s", SEED, i, record, lines)
              .isEqualTo(covers(now, record));
        }
      }
    }
    assertThat(listed).as("rounds with a list").isGreaterThan(500);
  }

  @Test
  void aRecipientOfYearsKeepsNoRecordThatIsNotCovered() {
    int kept = 0;
    for (int i = 0; i < 3_000; i++) {
      Grants then = grants();
      Grants now = grants();
      DaySpan records = span();

      List<RecallLine> lines = new NarrowedConsent(then, now).of(visits(Grain.YEAR), "c", records);

      for (int r = 0; r < 20; r++) {
        DaySpan record = span();
        if (records.contains(record) && covers(then, record) && isKept(lines, record, Grain.YEAR)) {
          kept++;
          assertThat(covers(now, record))
              .as("seed %s, round %s, record %s, lines %s", SEED, i, record, lines)
              .isTrue();
        }
      }
    }
    assertThat(kept).as("records kept").isGreaterThan(100);
  }

  @Test
  void recordsOfUnknownDateGoUnlessConsentStillCoversEveryDay() {
    Grants always = always(RecordCategory.VISIT);
    Grants bounded = permit(FIRST, FIRST + 10, RecordCategory.VISIT);
    Table visits = visits(Grain.DAY);

    assertThat(new NarrowedConsent(always, always).of(visits, "c", DaySpan.ALWAYS)).isEmpty();
    assertThat(new NarrowedConsent(always, bounded).of(visits, "c", DaySpan.ALWAYS))
        .containsExactly(
            new RecallLine("c", "visits", "", Action.KEEP_ONLY, "2020-12-20", "2020-12-30"));
  }

  @Test
  void cellsThatNeedTwoCategoriesAreBlankedWhenBothAreNarrowed() {
    Table visits =
        new Table(
            "visits",
            "VISIT",
            Time.EVENTS,
            Grain.DAY,
            List.of("visited_on"),
            List.of(new Own("score", "LAB"), new Own("score", "PROM")));
    Grants then = always(RecordCategory.VISIT, RecordCategory.LAB, RecordCategory.PROM);
    Grants now =
        Grants.of(
            new int[] {
              0,
              0,
              2,
              bits(RecordCategory.VISIT),
              DaySpan.EVER,
              DaySpan.FOREVER,
              0,
              bits(RecordCategory.LAB, RecordCategory.PROM),
              FIRST,
              FIRST + 9,
              0
            });
    DaySpan records = new DaySpan(FIRST, FIRST + 20);

    assertThat(new NarrowedConsent(then, now).of(visits, "c", records))
        .containsExactly(new RecallLine("c", "visits", "score", Action.REMOVE, "", ""));
  }

  private static Table visits(Grain grain) {
    return new Table("visits", "VISIT", Time.EVENTS, grain, List.of("visited_on"), List.of());
  }

  /** Up to two permits with up to two denials each, for visits, some of them without bounds. */
  private Grants grants() {
    int permits = random.nextInt(3);
    int[] words = new int[3 + permits * 16];
    words[2] = permits;
    int at = 3;
    for (int permit = 0; permit < permits; permit++) {
      at = scope(words, at, random.nextInt(4) == 0 ? DaySpan.ALWAYS : span());
      int denials = random.nextInt(3);
      words[at++] = denials;
      for (int denial = 0; denial < denials; denial++) {
        at = scope(words, at, span());
      }
    }
    return Grants.of(java.util.Arrays.copyOf(words, at));
  }

  private static int scope(int[] words, int at, DaySpan span) {
    words[at] = bits(RecordCategory.VISIT);
    words[at + 1] = span.first();
    words[at + 2] = span.last();
    return at + 3;
  }

  private DaySpan span() {
    int first = FIRST + random.nextInt(DAYS);
    return new DaySpan(first, first + random.nextInt(random.nextInt(3) == 0 ? 5 : DAYS));
  }

  private static Grants always(RecordCategory... categories) {
    return permit(DaySpan.EVER, DaySpan.FOREVER, categories);
  }

  private static Grants permit(int first, int last, RecordCategory... categories) {
    return Grants.of(new int[] {0, 0, 1, bits(categories), first, last, 0});
  }

  private static int bits(RecordCategory... categories) {
    int bits = 0;
    for (RecordCategory category : categories) {
      bits |= (int) category.bit();
    }
    return bits;
  }

  private static boolean covers(Grants grants, DaySpan record) {
    return grants.spans(RecordCategory.VISIT).stream().anyMatch(span -> span.contains(record));
  }

  private static boolean isKept(List<RecallLine> lines, DaySpan record, Grain grain) {
    String first = text(record.first(), grain);
    String last = text(record.last(), grain);
    return lines.isEmpty()
        || lines.stream()
            .anyMatch(
                line ->
                    line.action() == Action.KEEP_ONLY
                        && line.from().compareTo(first) <= 0
                        && (line.to().isEmpty() || last.compareTo(line.to()) <= 0));
  }

  private static String text(int day, Grain grain) {
    String date = LocalDate.ofEpochDay(day).toString();
    return grain == Grain.DAY ? date : date.substring(0, 4);
  }
}
