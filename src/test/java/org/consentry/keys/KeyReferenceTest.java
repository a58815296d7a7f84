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

  @Test
  void readsWhatACommandPrints() {
    KeyReference reference = new KeyReference.FromCommand(List.of("echo", "a key"));

    try (Secret secret = reference.read()) {
      assertThat(secret.open(SecretAccess.granted()))
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
