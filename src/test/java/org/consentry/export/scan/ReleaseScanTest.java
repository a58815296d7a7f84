package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.export.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search of a finished folder. */
final class ReleaseScanTest {

  @TempDir Path folder;

  private ScanResult scan(String csv, String... identifiers) throws Exception {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    for (String identifier : identifiers) {
      builder.add(identifier);
    }
    Files.writeString(folder.resolve("data.csv"), csv);
    return ReleaseScan.scan(
        folder, builder.build(), ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
  }

  @Test
  void findsANameInACell() throws Exception {
    ScanResult result = scan("code,note\nabc,seen by nurse\ndef,Mrs. O'BRIEN came\n", "O’Brien");

    assertThat(result.findings())
        .containsExactly(
            new Finding("data.csv", "note", Finding.Evidence.IDENTIFIER, "name", 1, 2),
            new Finding("data.csv", "note", Finding.Evidence.PATTERN, "name", 1, 2));
    assertThat(result.cells()).isEqualTo(4);
  }

  @Test
  void passesAReleaseWithoutIdentifiers() throws Exception {
    ScanResult result = scan("code,year\nabc,2020\ndef,2021\n", "Schmidt", "999-47-7160");

    assertThat(result.passed()).isTrue();
    assertThat(result.searched()).containsExactly("data.csv");
  }

  @Test
  void findsANumberWhateverIsBetweenItsDigits() throws Exception {
    ScanResult result = scan("code,x,y\nabc,999 47 71,60\ndef,999.47.7160,\n", "999477160");

    assertThat(result.findings())
        .containsExactly(
            new Finding("data.csv", "x", Finding.Evidence.IDENTIFIER, "number", 1, 2),
            new Finding("data.csv", "x", Finding.Evidence.PATTERN, "ssn", 1, 2),
            new Finding("data.csv", "y", Finding.Evidence.IDENTIFIER, "number", 1, 1));
  }
}
