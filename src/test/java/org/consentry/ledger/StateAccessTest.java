package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state folder that others can change or read is not used. */
@DisabledOnOs(OS.WINDOWS)
final class StateAccessTest {

  @TempDir private Path folder;
  private StateFolder state = new StateFolder(Path.of(""));

  @BeforeEach
  void home() throws IOException {
    state = new StateFolder(folder.toRealPath().resolve("home"));
    state.prepare();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-x---", "rwx-----x", "rwx----w-"})
  void refusesAFolderThatIsOpenToOthers(String permissions) throws IOException {
    open(state.home(), permissions);

    assertThatThrownBy(state::prepare).hasMessage(isOpen(state.home(), permissions));
  }

  @ParameterizedTest
  @CsvSource({
    "approvers, rw-rw-rw-",
    "trusted_signers, rw--w----",
    "application.properties, rw-r--r--",
    "application.properties, rw----r--",
    "ledger, rwxrwx---",
    "keys, rwxrwxrwx"
  })
  void refusesWhatIsOpenInIt(String name, String permissions) throws IOException {
    Path inner = state.home().resolve(name);
    if (permissions.startsWith("rwx")) {
      Files.createDirectories(inner);
    } else {
      Files.writeString(inner, "spring.datasource.password=x");
    }
    open(inner, permissions);

    assertThatThrownBy(state::requireOwn).hasMessage(isOpen(inner, permissions));
  }

  @Test
  void takesAFileOfApproversThatOthersMayReadOnly() throws IOException {
    Files.writeString(state.approvers(), "");
    open(state.approvers(), "rw-r--r--");

    state.requireOwn();

    assertThat(state.approvers()).exists();
  }

  @Test
  void refusesAFolderOfAnotherOwner() throws IOException {
    long user = new UnixSystem().getUid() + 1;
    String owner = Files.getOwner(state.home()).getName();

    assertThatThrownBy(() -> StateAccess.require(state, user))
        .hasMessage(
            state.home()
                + ": error STATE_OWNER it belongs to the user "
                + owner
                + ", who does not give this command; give the command as that user, or run: sudo"
                + " chown -R "
                + user
                + " '"
                + state.home()
                + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a${user.home}b", "a\tb"})
  void refusesAPathThatTheDatabaseCannotHave(String name) {
    StateFolder strange = new StateFolder(folder.resolve(name));

    assertThatThrownBy(strange::prepare)
        .hasMessage(
            strange.home()
                + ": error STATE_PATH the path of the state folder has a semicolon, ${ or a control"
                + " character, which the database of the job repository cannot have in its path;"
                + " move the state folder and name the new one by --home or CONSENTRY_HOME");
    assertThat(strange.home()).doesNotExist();
  }

  @Test
  void refusesAFileOfAnotherOwnerInIt() throws IOException {
    Files.writeString(state.approvers(), "");
    long owner = uid(state.home());
    assumeThat(owner).as("skipped: only root can give a file away").isZero();
    Files.setAttribute(state.approvers(), "unix:uid", 4242);
    String other = Files.getOwner(state.approvers()).getName();

    assertThatThrownBy(() -> StateAccess.require(state, owner))
        .hasMessage(
            state.approvers()
                + ": error STATE_OWNER it belongs to the user "
                + other
                + ", who does not give this command; give the command as that user: sudo -u "
                + other
                + " consentry ...");
  }

  /** What root makes in a service user's folder locks that user out. */
  @Test
  void rootMakesNoStateFolderInTheFolderOfAUser() throws IOException {
    StateFolder absent = new StateFolder(folder.toRealPath().resolve("of-a-user/deep/home"));
    Path place = Files.createDirectory(folder.toRealPath().resolve("of-a-user"));
    if (uid(place) == 0) {
      Files.setAttribute(place, "unix:uid", 4242);
    }
    String user = Files.getOwner(place).getName();

    assertThatThrownBy(() -> StateAccess.require(absent, 0))
        .isInstanceOfSatisfying(
            ProblemException.class, thrown -> assertThat(thrown.category()).isEqualTo(Category.KEY))
        .hasMessage(
            absent.home()
                + ": error STATE_OWNER it does not exist, and root would make it in a folder of the"
                + " user "
                + user
                + "; give the command as that user: sudo -u "
                + user
                + " consentry ...");
    StateAccess.require(absent, 4242);
    assertThat(absent.home()).doesNotExist();
  }

  @Test
  void rootMayMakeAStateFolderInItsOwnPlace() {
    StateFolder absent = new StateFolder(Path.of("/consentry-that-is-not-there/home"));

    StateAccess.require(absent, 0);

    assertThat(absent.home()).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsReportedWhenItIsMade() throws IOException {
    StateFolder file = new StateFolder(Files.createFile(folder.resolve("file")));

    file.requireOwn();

    assertThat(file.home()).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "spring.datasource.password=x, true",
    "SPRING_DATASOURCE_PASSWORD=x, true",
    "#spring.datasource.password=x, true",
    "spring.datasource.url=jdbc:x, false"
  })
  void propertiesWithAPasswordAreTheirOwnersAlone(String line, boolean refused) throws IOException {
    Files.writeString(state.properties(), line);
    open(state.properties(), "rw-r--r--");

    if (refused) {
      assertThatThrownBy(state::requireOwn).hasMessage(isOpen(state.properties(), "rw-r--r--"));
    } else {
      state.requireOwn();
    }
    open(state.properties(), "rw-------");
    state.requireOwn();
    assertThat(state.properties()).hasContent(line);
  }

  private static long uid(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
  }

  private static void open(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private String isOpen(Path path, String permissions) {
    return path
        + ": error STATE_OPEN it is open to group or others: its permissions are "
        + permissions
        + "; find out who used that, then run: chmod -R go= '"
        + state.home()
        + "'";
  }
}
