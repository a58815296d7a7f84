package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.service.Site;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that starts the service, where it does not start. */
final class ServeCommandTest {

  @TempDir private Path folder;

  private Answer serve() {
    return Installation.execute(
        List.of(
            "serve",
            "--jobs",
            folder.resolve("jobs").toString(),
            "--home",
            folder.resolve("state").toString()));
  }

  @Test
  void aSecondServiceIsRefused() {
    try (Site first = Site.start(folder)) {
      assertThat(first.visitor()).isNotNull();

      Answer second = serve();

      assertThat(second.exitCode()).isEqualTo(11);
      assertThat(second.err()).contains("another service is at work on this state folder");
    }
  }

  @Test
  void settingsThatAreWrongAreRefused() {
    Site.settings(folder, List.of("server.adress=0.0.0.0"));
    Installation.write(folder.resolve("jobs").resolve("readme.txt"), "");

    Answer answer = serve();

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .contains("application.properties:3: error PROPERTIES this key is unknown; did you mean")
        .contains("no person may sign in");
  }

  @Test
  void aPasswordBecomesTheLinesOfAUser() throws IOException, InterruptedException {
    Program.Ended good = hash("correct horse battery staple\n");
    Program.Ended shorter = hash("canary\n");

    assertThat(good.exitCode()).as(good.text()).isZero();
    assertThat(good.out())
        .matches(
            """
            consentry\\.users\\.NAME\\.password=\\{bcrypt}\\$2a\\$12\\$.{53}
            consentry\\.users\\.NAME\\.roles=viewer
            """);
    assertThat(shorter.exitCode()).isEqualTo(2);
    assertThat(shorter.text()).contains("expected at least 12 characters").doesNotContain("canary");
  }

  private static Program.Ended hash(String password) throws IOException, InterruptedException {
    return Program.java(List.of("-Xmx256m"), Main.class, List.of("serve", "--hash-password"))
        .reading(password.getBytes(StandardCharsets.UTF_8))
        .run();
  }
}
