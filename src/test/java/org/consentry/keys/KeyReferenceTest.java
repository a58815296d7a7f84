package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReferenceTest {

  private static final Place PLACE = new Place("jobs/a.yaml", 7, 9);
  private static final Path FOLDER = Path.of("clinic", "jobs");

  private final Problems problems = new Problems();

  @Test
  void readsTheThreeKinds() {
    assertThat(KeyReference.parse("file:../keys/a.key", FOLDER, PLACE, problems))
        .contains(new KeyReference.InFile(Path.of("clinic", "keys", "a.key")));
    assertThat(KeyReference.parse("env:STUDY_KEY", FOLDER, PLACE, problems))
        .contains(new KeyReference.InEnvironment("STUDY_KEY"));
    assertThat(
            KeyReference.parse("exec:vault read -field='the key' \"\" x", FOLDER, PLACE, problems))
        .contains(
            new KeyReference.FromCommand(List.of("vault", "read", "-field=the key", "", "x")));
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void refusesABareValueWithoutRepeatingIt() {
    assertThat(KeyReference.parse("aHVudGVyMg==", FOLDER, PLACE, problems)).isEmpty();
    assertThat(KeyReference.parse("hunter2:x", FOLDER, PLACE, problems)).isEmpty();

    String expected =
        "jobs/a.yaml:7:9: error KEY_REFERENCE expected a reference to a key (file:, env: or exec:)"
            + " but found a bare value; put the key into a file only its owner can read and write"
            + " file:PATH; if a key was here, replace it";
    assertThat(problems.list()).map(Problem::toString).containsExactly(expected, expected);
  }

  @Test
  void refusesAReferenceToNothing() {
    assertThat(KeyReference.parse("file:", FOLDER, PLACE, problems)).isEmpty();
    assertThat(KeyReference.parse("env:MY KEY", FOLDER, PLACE, problems)).isEmpty();
    assertThat(KeyReference.parse("exec:sh -c 'x", FOLDER, PLACE, problems)).isEmpty();

    assertThat(problems.list())
        .map(Problem::toString)
        .containsExactly(
            "jobs/a.yaml:7:9: error KEY_REFERENCE nothing usable follows file:; write the path"
                + " of a file",
            "jobs/a.yaml:7:9: error KEY_REFERENCE nothing usable follows env:; write the name"
                + " of an environment variable: letters, digits and _",
            "jobs/a.yaml:7:9: error KEY_REFERENCE nothing usable follows exec:; write a program"
                + " and its arguments, quotes closed");
  }

  /** Quotes keep blanks together, wherever they are in a word; an empty word is one. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a b, a|b",
        "`  a\t b  `, a|b",
        "a 'b c' d, a|b c|d",
        "a \"b 'c\" d, a|b 'c|d",
        "a 'b \"c' d, a|b \"c|d",
        "a x'b c'y, a|xb cy",
        "a ' ' b, a| |b",
        "a '' b, a||b"
      })
  void splitsACommandAtBlanksOutsideQuotes(String line, String words) {
    assertThat(KeyReference.parse("exec:" + line, FOLDER, PLACE, problems))
        .contains(new KeyReference.FromCommand(List.of(words.split("\\|", -1))));
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:",
        "file:  ",
        "file:a\0b",
        "file:\0",
        "env:",
        "env:1A",
        "env:A-B",
        "env:A=B",
        "exec:",
        "exec: \t",
        "exec:a \"b",
        "exec:a 'b\""
      })
  void refusesAReferenceWithoutAUsableName(String reference) {
    assertThat(KeyReference.parse(reference, FOLDER, PLACE, problems)).isEmpty();
    assertThat(problems.list()).extracting(Problem::code).containsExactly("KEY_REFERENCE");
  }

  @Test
  void namesItselfByKindAndNameAlone() {
    assertThat(reference("file:/keys/a.key").place()).hasToString("/keys/a.key");
    assertThat(reference("file: a.key ").place()).hasToString("clinic/jobs/a.key");
    assertThat(reference("env:_A1").place()).hasToString("env:_A1");
    assertThat(reference("exec:vault --token=hunter2").place()).hasToString("exec:vault");
    assertThatThrownBy(() -> new KeyReference.FromCommand(List.of()))
        .hasMessage("command must not be empty");
  }

  private KeyReference reference(String text) {
    return KeyReference.parse(text, FOLDER, PLACE, problems).orElseThrow();
  }

  @Test
  void readsAVariable() {
    try (Secret secret = new KeyReference.InEnvironment("PATH").read()) {
      assertThat(secret.<byte[]>use(byte[]::clone))
          .isEqualTo(System.getenv("PATH").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void readsNoMoreThanAKeyFromACommand() {
    List<String> longest = List.of("head", "-c", "65536", "/dev/zero");
    List<String> longer = List.of("head", "-c", "65537", "/dev/zero");

    assertThat(new KeyReference.FromCommand(longest).read()).hasToString("Secret[65536 bytes]");
    assertThatThrownBy(() -> new KeyReference.FromCommand(longer).read())
        .hasMessage(
            "exec:head: error KEY_COMMAND the command printed more than a key; run the command by"
                + " hand and look at its messages");
  }

  /** A command that waits for an answer gets the end of its input, not half a minute. */
  @Test
  void givesACommandNothingToRead() {
    KeyReference reference = new KeyReference.FromCommand(List.of("sh", "-c", "cat; echo a key"));

    assertThat(reference.read()).hasToString("Secret[6 bytes]");
  }

  @Test
  void readsWhatACommandPrints() {
    KeyReference reference = new KeyReference.FromCommand(List.of("echo", "a key"));

    try (Secret secret = reference.read()) {
      assertThat(secret.<byte[]>use(byte[]::clone))
          .isEqualTo("a key\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void refusesACommandThatFailsPrintsNothingOrIsAbsent() {
    assertThatThrownBy(() -> new KeyReference.FromCommand(List.of("false", "token")).read())
        .hasMessage(
            "exec:false: error KEY_COMMAND the command ended without a key; run the command by hand"
                + " and look at its messages");
    assertThatThrownBy(() -> new KeyReference.FromCommand(List.of("true", "token")).read())
        .hasMessage(
            "exec:true: error KEY_COMMAND the command ended without a key; run the command by hand"
                + " and look at its messages");
    assertThatThrownBy(() -> new KeyReference.FromCommand(List.of("./no-such-program")).read())
        .hasMessage(
            "exec:./no-such-program: error KEY_COMMAND the command cannot be started; run the"
                + " command by hand and look at its messages");
  }

  @Test
  void refusesAnUnsetVariable() {
    assertThatThrownBy(() -> new KeyReference.InEnvironment("CONSENTRY_NEVER_SET").read())
        .hasMessage(
            "env:CONSENTRY_NEVER_SET: error KEY_MISSING the environment variable is not set; set it,"
                + " then run again");
  }

  @Test
  void showsNoArgumentOfACommand() {
    assertThat(new KeyReference.FromCommand(List.of("vault", "--token=hunter2")))
        .hasToString("FromCommand[vault]");
  }
}
