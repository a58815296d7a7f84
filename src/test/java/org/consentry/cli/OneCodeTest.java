package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake has one problem code and one exit code, whichever command meets it. */
final class OneCodeTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String MAPPING = "mappings/clinic-safe-harbor.yaml";

  private static final Pattern ERROR = Pattern.compile(": error ([A-Z0-9_]+) ");

  @TempDir Path folder;

  private Installation place;

  /**
   * A mistake.
   *
   * @param code of the problem
   * @param make makes it
   */
  private record Mistake(String code, Consumer<Installation> make) {

    @Override
    public String toString() {
      return code;
    }
  }

  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
  }

  private static Mistake inMapping(String code, String before, String after) {
    return new Mistake(code, at -> at.replace(at.root().resolve(MAPPING), before, after));
  }

  private static Mistake inJob(String code, String before, String after) {
    return new Mistake(code, at -> at.replace(at.job(JOB), before, after));
  }

  private static Mistake in(String table, String code, String line) {
    return new Mistake(code, at -> at.append(at.clinic(table), line));
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        inMapping("UNKNOWN_KEY", "recordDate: [completed_on]", "recordDates: [completed_on]"),
        inMapping("UNKNOWN_WORD", "do: drop", "do: dorp"),
        inJob("PURPOSE", "purpose: CLINTRCH", "purpose: NONE_SUCH"),
        inJob("UNKNOWN_WORD", "target: ", "target: un"),
        inJob("NO_SUCH_FILE", "consents.csv", "no-consents.csv"),
        inJob("NO_SUCH_FILE", "clinic-safe-harbor.yaml", "no-mapping.yaml"),
        new Mistake("MISSING_TABLE", at -> remove(at.clinic("proms"))),
        new Mistake("NO_SUCH_FILE", at -> remove(at.clinic("consents"))),
        new Mistake("CONSENT_EMPTY", at -> Installation.write(at.clinic("consents"), "")),
        new Mistake(
            "CONSENT_HEADER", at -> at.replace(at.clinic("consents"), "data_to", "data_till")),
        in("consents", "CONSENT_RAGGED", "CANARY,x"),
        in("consents", "CONSENT_QUOTING", "CANARY\"x"),
        in("patients", "SUBJECT_ROW", "CANARY,x"),
        in("patients", "BARE_QUOTE", "CANARY\"x"));
  }

  /** Rows of tables that a plan does not read. */
  static Stream<Mistake> rows() {
    return Stream.of(
        in("visits", "REJECTED_ROWS", "CANARY,x"),
        new Mistake(
            "TABLE_CUT_OFF",
            at -> {
              at.append(at.clinic("visits"), "CANARY,x");
              String text = Installation.read(at.clinic("visits"));
              Installation.write(at.clinic("visits"), text.stripTrailing());
            }));
  }

  private static void remove(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyCommandGivesIt(Mistake mistake) {
    assertThat(answers(mistake, List.of("validate", "plan", "run")))
        .containsExactly(
            "validate 10 [" + mistake.code() + "]",
            "plan 10 [" + mistake.code() + "]",
            "run 10 [" + mistake.code() + "]");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void validateGivesWhatARunGives(Mistake mistake) {
    assertThat(answers(mistake, List.of("validate", "run")))
        .containsExactly("validate 10 [" + mistake.code() + "]", "run 10 [" + mistake.code() + "]");
  }

  private List<String> answers(Mistake mistake, List<String> commands) {
    mistake.make().accept(place);
    List<String> answers = new ArrayList<>();
    for (String command : commands) {
      Answer answer =
          command.equals("run") ? place.run(JOB) : place.call(command, place.job(JOB).toString());
      answers.add(command + " " + answer.exitCode() + " " + errors(answer));
      assertThat(answer.out() + answer.err()).doesNotContain("CANARY");
    }

    return answers;
  }

  private static Set<String> errors(Answer answer) {
    return (answer.out() + answer.err())
        .lines()
        .flatMap(line -> ERROR.matcher(line).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
