package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.SpanLog;
import org.junit.jupiter.api.Test;

final class RecordSpansTest {

  private static final int SUBJECTS = 300;

  @Test
  void keepsTheFirstAndTheLastDayOfEverySubjectOverManySplits() {
    long seed = 20_261_127;
    SplittableRandom random = new SplittableRandom(seed);
    RecordSpans spans = new RecordSpans(SUBJECTS);
    List<RecordSpans> thirds =
        List.of(new RecordSpans(SUBJECTS), new RecordSpans(SUBJECTS), new RecordSpans(SUBJECTS));
    Map<Integer, int[]> expected = new TreeMap<>();
    for (int split = 0; split < 20; split++) {
      SpanLog log = new SpanLog();
      for (int row = 0; row < 200; row++) {
        int subject = random.nextInt(SUBJECTS - 1);
        int first = random.nextInt(40) == 0 ? SpanLog.EVER : random.nextInt(-40_000, 40_000);
        int last = first == SpanLog.EVER ? SpanLog.FOREVER : first + random.nextInt(3);
        log.add(subject, first, last);
        int[] known = expected.computeIfAbsent(subject, s -> new int[] {first, last});
        known[0] = Math.min(known[0], first);
        known[1] = Math.max(known[1], last);
      }
      byte[] bytes = CountedSubjects.join(log.toBytes(), new CountedSubjects());
      spans.add(bytes);
      thirds.get(split % 3).add(bytes);
    }
    RecordSpans joined = new RecordSpans(SUBJECTS);
    thirds.forEach(joined::add);

    for (int subject = 0; subject < SUBJECTS; subject++) {
      int[] known = expected.get(subject);
      assertThat(spans.contains(subject)).as("subject %s", subject).isEqualTo(known != null);
      if (known != null) {
        assertThat(new int[] {spans.first(subject), spans.last(subject)})
            .as("seed %s, subject %s", seed, subject)
            .containsExactly(known)
            .containsExactly(joined.first(subject), joined.last(subject));
      }
    }
  }

  @Test
  void manyTablesFitBesideManySubjects() {
    List<RecordSpans> tables = new ArrayList<>();
    for (int table = 0; table < 400; table++) {
      RecordSpans spans = new RecordSpans(500_000);
      spans.add(table, 10, 20);
      tables.add(spans);
    }

    for (int table = 0; table < 400; table++) {
      assertThat(tables.get(table).contains(table)).isTrue();
      assertThat(tables.get(table).contains(table + 1)).isFalse();
    }
  }

  @Test
  void writesOneEntryForRowsOfASubjectThatFollowEachOther() {
    SpanLog once = new SpanLog();
    once.add(7, 10, 30);
    SpanLog thrice = new SpanLog();
    thrice.add(7, 20, 30);
    thrice.add(7, 10, 10);
    thrice.add(7, 15, 15);

    assertThat(thrice.toBytes()).isEqualTo(once.toBytes());
  }
}
