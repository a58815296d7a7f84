package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.consentry.connector.Split;
import org.junit.jupiter.api.Test;

/** When consent need not be decided once more to be known the same. */
class ConsentInputsTest {

  private static final LocalDateTime MOMENT = LocalDateTime.of(2026, 11, 27, 1, 30);
  private static final List<Split> SUBJECTS =
      List.of(Split.ofBytes("patients", 0, 10, 90, 2, 4711));
  private static final ConsentInputs GROUND = new ConsentInputs(MOMENT, "sha256:a", SUBJECTS, 0);

  @Test
  void isAlikeForTheSameBytesOnTheSameDay() {
    assertThat(GROUND.decidesAlike(at(MOMENT))).isTrue();
    assertThat(GROUND.decidesAlike(at(MOMENT.withHour(23).withMinute(59)))).isTrue();
  }

  @Test
  void isAnotherOnTheNextDay() {
    assertThat(GROUND.decidesAlike(at(MOMENT.toLocalDate().plusDays(1).atStartOfDay()))).isFalse();
  }

  @Test
  void isAnotherWhenTheClockWentBack() {
    assertThat(GROUND.decidesAlike(at(MOMENT.minusNanos(1)))).isFalse();
  }

  @Test
  void isAnotherWhenALineChanged() {
    assertThat(GROUND.decidesAlike(new ConsentInputs(MOMENT, "sha256:b", SUBJECTS, 0))).isFalse();
  }

  @Test
  void isAnotherWhenTheSubjectsTableChanged() {
    List<Split> other = List.of(Split.ofBytes("patients", 0, 10, 90, 2, 4712));

    assertThat(GROUND.decidesAlike(new ConsentInputs(MOMENT, "sha256:a", other, 0))).isFalse();
  }

  @Test
  void isAnotherWhileAPermitWaitsForALaterHour() {
    ConsentInputs waiting = new ConsentInputs(MOMENT, "sha256:a", SUBJECTS, 1);

    assertThat(waiting.decidesAlike(at(MOMENT))).isFalse();
  }

  private static ConsentInputs at(LocalDateTime moment) {
    return new ConsentInputs(moment, "sha256:a", SUBJECTS, 0);
  }
}
