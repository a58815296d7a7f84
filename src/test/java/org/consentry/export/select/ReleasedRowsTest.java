package org.consentry.export.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.consentry.data.LongSet;
import org.consentry.plan.Planner;
import org.consentry.plan.TableExtract;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Released rows of lower tables grow table by table. */
final class ReleasedRowsTest {

  @TempDir private Path root;

  private List<TableExtract> tables() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);
    return Planner.plan(
            clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate())
        .tables();
  }

  private static LongSet numbers(long... numbers) {
    LongSet set = new LongSet();
    for (long number : numbers) {
      set.add(number);
    }
    return set;
  }

  @Test
  void needsNoOwnRowBeforeTheSubjectsTableIsReleased() {
    assertThat(ReleasedRows.NONE.containsSubject(4)).isTrue();
  }

  @Test
  void containsTheSubjectsOfTheSubjectsTable() {
    ReleasedRows released = ReleasedRows.NONE.with(tables().get(0), numbers(2, 4));

    assertThat(released.containsSubject(4)).isTrue();
    assertThat(released.containsSubject(3)).isFalse();
  }

  @Test
  void forgetsATableThatNoOtherRefersTo() {
    ReleasedRows released = ReleasedRows.NONE.with(tables().get(1), numbers(2, 4));

    assertThat(released).isEqualTo(ReleasedRows.NONE);
    assertThatThrownBy(() -> released.of("visits"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no released keys known of table visits");
  }
}
