package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Long and strange texts: work grows with their length alone, and places stay inside of them. */
final class HostileTextTest {

  private static final long SEED = 16;
  private static final Detectors DETECTORS = Detectors.usual();

  private static final List<String> PARTS =
      List.of(
          "a",
          "1",
          "@",
          "1.",
          "John ",
          "1-",
          "A.",
          "(0",
          "1:",
          "ab@",
          "http://",
          "+1 ",
          "Calle a ",
          "MRN ",
          "de ",
          "::",
          "J. ",
          "1 ",
          "Smith, ",
          "(01)",
          "#",
          "12 Main ",
          "May ",
          "\u0301",
          "é",
          "'",
          "O'",
          "-",
          "www.",
          "at dot ",
          "ΑΒΓ ",
          "\ud83d\ude00",
          "\ud83d",
          "\n",
          "name: ",
          "tel ");

  /** Counts how often its characters are read. */
  private static final class Counted implements CharSequence {

    private final CharSequence text;
    private long reads;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  @Test
  void readsTwiceAsMuchOfATextOfTwiceTheLength() {
    for (String part : PARTS) {
      long once = reads(part.repeat(5_000));
      long twice = reads(part.repeat(10_000));

      assertThat(twice).as(part).isLessThan(once * 21 / 10);
    }
  }

  @Test
  void readsEachCharacterABoundedNumberOfTimes() {
    for (String part : PARTS) {
      String text = part.repeat(10_000);

      assertThat(reads(text) / text.length()).as(part).isLessThan(600);
    }
  }

  @Test
  void findsPlacesInsideOfRandomTexts() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int parts = random.nextInt(12);
      for (int p = 0; p < parts; p++) {
        text.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      int previous = 0;
      for (Found found : DETECTORS.find(text)) {
        assertThat(found.end()).isLessThanOrEqualTo(text.length());
        assertThat(found.start()).isGreaterThanOrEqualTo(previous);
        previous = found.start();
      }
      DETECTORS.of(text);
      DETECTORS.hints(text);
    }
  }

  private static long reads(String text) {
    Counted counted = new Counted(text);
    DETECTORS.find(counted);
    DETECTORS.of(counted);
    return counted.reads;
  }
}
