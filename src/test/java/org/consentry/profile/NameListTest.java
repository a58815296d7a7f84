package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NameListTest {

  @Test
  void knowsGivenAndFamilyNames() {
    assertThat(of("Smith") & NameList.COMMON_FAMILY).isNotZero();
    assertThat(of("MARY") & NameList.COMMON_GIVEN).isNotZero();
    assertThat(of("O'Brien") & NameList.FAMILY).isNotZero();
    assertThat(of("José") & NameList.GIVEN).isNotZero();
    assertThat(of("Qzxv")).isEqualTo(NameList.UNKNOWN);
  }

  @Test
  void marksNamesThatAreOrdinaryWords() {
    for (String word : new String[] {"White", "Left", "May", "Stone", "Hope", "Lid", "Brown"}) {
      assertThat(of(word) & NameList.ORDINARY).as(word).isNotZero();
    }
    for (String name : new String[] {"Smith", "Garcia", "Jennifer", "Nguyen", "Kowalski"}) {
      assertThat(of(name) & NameList.ORDINARY).as(name).isZero();
    }
  }

  @Test
  void storesNoTwoNamesInOnePlace() {
    Set<Long> hashes = new HashSet<>();
    for (String line : NameList.lines()) {
      hashes.add(WordTable.hash(line, 0, line.length() - 1));
    }

    assertThat(hashes).hasSameSizeAs(NameList.lines());
  }

  @Test
  void isMadeOfTheFilesOfTheGovernment() throws IOException {
    Path folder =
        Path.of(System.getProperty("consentry.shared.data", "../shared/data")).resolve("geo-names");
    assumeTrue(Files.exists(folder.resolve("ssa/yob1950.txt")), "the lists of names are not here");

    assertThat(NameList.lines()).isEqualTo(NameListSource.lines(folder));
  }

  private static int of(String word) {
    return NameList.of(WordTable.hash(word, 0, word.length()));
  }
}
