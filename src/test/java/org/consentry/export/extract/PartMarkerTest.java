package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.export.sort.SortedTable.Part;
import org.junit.jupiter.api.Test;

/** A part is written again unless its marker is whole and is about it. */
class PartMarkerTest {

  private static final Part PART = new Part(1, 500, 900);
  private static final List<PartFile> FILES =
      List.of(
          new PartFile(400, 12_345, "0a".repeat(32)), new PartFile(400, 2_345, "1b".repeat(32)));
  private static final String TEXT = new PartMarker("basis", "visits", PART, FILES).toText();

  @Test
  void givesBackTheFilesItWasMadeOf() {
    assertThat(PartMarker.parse(TEXT, "basis", "visits", PART)).isEqualTo(Optional.of(FILES));
  }

  @Test
  void countsForNothingWhenItIsCutOffAnywhere() {
    for (int length = 0; length < TEXT.length(); length++) {
      assertThat(PartMarker.parse(TEXT.substring(0, length), "basis", "visits", PART))
          .as("cut off at %d", length)
          .isEmpty();
    }
  }

  @Test
  void countsForNothingWhenAnySingleCharacterChanged() {
    for (int at = 0; at < TEXT.length(); at++) {
      for (char other : new char[] {'0', '9', 'a', ' ', '\n', '-'}) {
        if (TEXT.charAt(at) != other) {
          String damaged = TEXT.substring(0, at) + other + TEXT.substring(at + 1);
          assertThat(PartMarker.parse(damaged, "basis", "visits", PART))
              .as("%c at %d", other, at)
              .isEmpty();
        }
      }
    }
  }

  @Test
  void countsForNothingForAnotherBasisTableOrPart() {
    assertThat(PartMarker.parse(TEXT, "other", "visits", PART)).isEmpty();
    assertThat(PartMarker.parse(TEXT, "basis", "visit", PART)).isEmpty();
    assertThat(PartMarker.parse(TEXT, "basis", "visits", new Part(2, 500, 900))).isEmpty();
    assertThat(PartMarker.parse(TEXT, "basis", "visits", new Part(1, 400, 900))).isEmpty();
    assertThat(PartMarker.parse(TEXT, "basis", "visits", new Part(1, 500, 901))).isEmpty();
  }
}
