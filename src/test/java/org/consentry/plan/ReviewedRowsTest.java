package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceInput;
import org.consentry.plan.ReviewedRows.Reviewed;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Procedure lines that people labelled, read as the engine reads them; no cell is shown. */
final class ReviewedRowsTest {

  private static final ReviewedColumns COLUMNS =
      new ReviewedColumns("class", "family", "cpt", "icd", "|", "functional", "state", "benefits");
  private static final String HEAD = "class,family,cpt,icd,functional,state,benefits\n";

  @TempDir private Path folder;

  private List<Reviewed> read(String text) throws IOException {
    return read("set.csv", text);
  }

  private List<Reviewed> read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return new ReviewedRows(file, COLUMNS).read();
  }

  private String refusal(String text) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(text));
    assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
    return String.valueOf(refused.getMessage()).replace(folder + "/", "");
  }

  @Test
  void readsEveryInputOfALine() throws IOException {
    Reviewed row = read(HEAD + "COSMETIC,eyelid,15822,H02.4|L90.5,yes,AZ,none\n").get(0);

    assertThat(row.label()).isEqualTo(ServiceClass.COSMETIC);
    assertThat(row.family()).isEqualTo("eyelid");
    assertThat(row.place().line()).isEqualTo(2);
    assertThat(row.input())
        .isEqualTo(
            new ServiceInput(
                Optional.of("15822"),
                List.of("H02.4", "L90.5"),
                Optional.of("yes"),
                Optional.of("AZ"),
                Optional.of("none")));
  }

  @Test
  void anEmptyCellIsUnknown() throws IOException {
    assertThat(read(HEAD + "INDETERMINATE,,,,,,\n").get(0).input())
        .isEqualTo(
            new ServiceInput(
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void theColumnOfTheFamilyMayBeMissing() throws IOException {
    List<Reviewed> rows = read("cpt,class,icd,functional,state,benefits\n15822,COSMETIC,,,,\n");

    assertThat(rows).extracting(Reviewed::family).containsExactly("");
    assertThat(rows.get(0).input().procedure()).contains("15822");
  }

  @Test
  void anyOtherColumnIsNeeded() {
    assertThat(refusal("class,family,cpd,functional,state\n"))
        .isEqualTo(
            "set.csv:1: error UNKNOWN_COLUMN there is no column 'cpt'; did you mean 'cpd'?\n"
                + "set.csv:1: error UNKNOWN_COLUMN there is no column 'icd'; name it with the"
                + " option of that input\n"
                + "set.csv:1: error UNKNOWN_COLUMN there is no column 'benefits'; name it with the"
                + " option of that input");
  }

  @Test
  void everyLabelThatIsNoClassIsFoundByItsLine() {
    assertThat(refusal(HEAD + "COSMETIC,,,,,,\nPRETTY,,,,,,\n,,,,,,\ncosmetic,,,,,,\n").lines())
        .hasSize(3)
        .allMatch(line -> line.contains("error UNKNOWN_CLASS the label is none of the classes"))
        .noneMatch(line -> line.contains("PRETTY"))
        .anyMatch(line -> line.startsWith("set.csv:3:"))
        .anyMatch(line -> line.startsWith("set.csv:4:"))
        .anyMatch(line -> line.startsWith("set.csv:5:"));
  }

  @Test
  void everyLineThatCannotBeReadIsFound() {
    assertThat(refusal(HEAD + "COSMETIC,x\nCOSMETIC,,,,,,\nCOSMETIC,\0,,,,,\n"))
        .contains("set.csv:2: error BAD_LINE the line cannot be read: RAGGED; repair it")
        .contains("set.csv:4: error BAD_LINE the line cannot be read: NUL; repair it");
  }

  @Test
  void anotherFileThanCsvIsAMistakeOfTheCommand() {
    assertThatThrownBy(() -> read("set.txt", HEAD))
        .hasMessageContaining("error REVIEWED_FILE expected a CSV file with a header")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.USAGE);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new ReviewedRows(folder.resolve("gone.csv"), COLUMNS))
        .hasMessageEndingWith("gone.csv: error NO_SUCH_FILE there is no such file; check the path");
  }
}
