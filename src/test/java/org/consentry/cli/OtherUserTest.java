package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user who may not look into a state folder. Root may look everywhere, so another user asks. */
final class OtherUserTest {

  private static final String NOBODY = "65534";

  @TempDir private Path folder;
  @TempDir private Path shown;

  @Test
  void statusAndListReportThatTheUserMayNotLookIntoTheStateFolder()
      throws IOException, InterruptedException {
    assumeTrue(Installation.isPosix(), "skipped: files have no owners here");
    Path closed = Files.createDirectory(folder.toRealPath().resolve("closed"));
    Path home = Files.createDirectory(closed.resolve("state"));
    boolean isRoot = new UnixSystem().getUid() == 0;
    assumeTrue(
        !isRoot || Program.isInstalled("setpriv"),
        "skipped: root may look everywhere, and setpriv is not there to become another user");

    for (String command : List.of("status", "list")) {
      Answer answer =
          isRoot ? asAnotherUser(command, home) : behindAClosedFolder(command, closed, home);

      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(14);
      assertThat(answer.err())
          .isEqualTo(
              home
                  + ": error STATE_PERMISSION this user may not look into the state folder; give"
                  + " the command as the user who owns it\n");
    }
  }

  private static Answer behindAClosedFolder(String command, Path closed, Path home)
      throws IOException {
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      return Installation.execute(List.of(command, "--home", home.toString()));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The class path of these tests may be closed to others, so they get a copy. */
  private Answer asAnotherUser(String command, Path home) throws IOException, InterruptedException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(shown, PosixFilePermissions.fromString("rwxr-xr-x"));
    Program java = Program.java(List.of(), Main.class, List.of(command, "--home", home.toString()));
    List<String> words =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    boolean isPath = false;
    for (String word : java.words()) {
      words.add(isPath ? copy(word) : word);
      isPath = word.equals("-cp");
    }
    Program.Ended ended = Program.of(words.toArray(String[]::new)).in(shown).run();
    return new Answer(ended.exitCode(), ended.out(), ended.err());
  }

  private String copy(String classPath) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path copy = shown.resolve("entry-" + copies.size());
      if (!Files.exists(copy) && Files.exists(Path.of(entry))) {
        copyOne(Path.of(entry), copy);
      }
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyOne(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        boolean isFolder = Files.isDirectory(file);
        if (isFolder) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, from.equals(file) ? to : target);
        }
        Files.setPosixFilePermissions(
            from.equals(file) ? to : target,
            PosixFilePermissions.fromString(isFolder ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }
}
