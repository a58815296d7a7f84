package org.consentry.ledger;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Who may look into a state folder: its owner alone, and the owner is who gives the command. The
 * folder itself is closed to group and others; nothing in it may be written by them, and the file
 * of properties, when it has a password, not be read by them.
 */
final class StateAccess {

  private static final Set<PosixFilePermission> WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final int ROOT = 0;

  private final Path home;
  private final long user;

  private StateAccess(Path home, long user) {
    this.home = home;
    this.user = user;
  }

  static void require(StateFolder state) {
    requirePath(state.home());
    if (isPosix()) {
      require(state, new UnixSystem().getUid());
    }
  }

  private static boolean isPosix() {
    return java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  }

  /** The same for a user by number. */
  static void require(StateFolder state, long user) {
    new StateAccess(state.home().toAbsolutePath(), user).require(state.properties());
  }

  /** HSQLDB ends a path at a semicolon, and replaces what looks like a variable. */
  private static void requirePath(Path home) {
    String path = home.toAbsolutePath().toString();
    if (path.contains(";") || path.contains("${") || path.chars().anyMatch(c -> c < ' ')) {
      throw ProblemException.of(
          Category.USAGE,
          "STATE_PATH",
          Place.of(path),
          "the path of the state folder has a semicolon, ${ or a control character, which the"
              + " database of the job repository cannot have in its path",
          "move the state folder and name the new one by --home or CONSENTRY_HOME");
    }
  }

  private void require(Path properties) {
    if (Files.isRegularFile(home)) {
      return; // No folder can be made there, which is reported when one is.
    }
    try {
      requireOwner(home);
      requireClosed(home);
      for (Path inner : inside()) {
        requireOwner(inner);
        if (inner.equals(properties.toAbsolutePath()) && hasPassword(inner)) {
          requireClosed(inner);
        } else {
          requireNotWritable(inner);
        }
      }
    } catch (NoSuchFileException absent) {
      requireOwnPlace();
    } catch (AccessDeniedException denied) {
      throw refused(
          "STATE_PERMISSION",
          home,
          "this user may not look into the state folder",
          "give the command as the user who owns it");
    } catch (IOException unreadable) {
      throw refused(
          "STATE_PERMISSION",
          home,
          "owner and permissions of the state folder cannot be read",
          "check the disk and the path");
    }
  }

  /** Whether a file of properties names a password, in whatever case; a commented one counts. */
  private static boolean hasPassword(Path properties) throws IOException {
    return Files.readString(properties, java.nio.charset.StandardCharsets.ISO_8859_1)
        .toLowerCase(java.util.Locale.ROOT)
        .contains("password");
  }

  private List<Path> inside() throws IOException {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(home)) {
      return list.sorted().toList();
    }
  }

  private void requireOwner(Path path) throws IOException {
    long owner = owner(path);
    if (owner != user) {
      String name = Files.getOwner(path).getName();
      throw refused(
          "STATE_OWNER",
          path,
          "it belongs to the user " + name + ", who does not give this command",
          user == ROOT
              ? "give the command as that user: sudo -u " + name + " consentry ..."
              : "give the command as that user, or run: sudo chown -R "
                  + user
                  + " '"
                  + Place.name(home)
                  + "'");
    }
  }

  private void requireClosed(Path path) throws IOException {
    if (!DurableFiles.ofOthers(Files.getPosixFilePermissions(path)).isEmpty()) {
      throw open(path);
    }
  }

  private void requireNotWritable(Path path) throws IOException {
    if (!Collections.disjoint(WRITE, Files.getPosixFilePermissions(path))) {
      throw open(path);
    }
  }

  private ProblemException open(Path path) throws IOException {
    return refused(
        "STATE_OPEN",
        path,
        "it is open to group or others: its permissions are "
            + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
        "find out who used that, then run: chmod -R go= '" + Place.name(home) + "'");
  }

  /** What root makes in the folder of a user locks that user out. */
  private void requireOwnPlace() {
    Path place = home;
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    try {
      if (user == ROOT && owner(place) != ROOT) {
        String name = Files.getOwner(place).getName();
        throw refused(
            "STATE_OWNER",
            home,
            "it does not exist, and root would make it in a folder of the user " + name,
            "give the command as that user: sudo -u " + name + " consentry ...");
      }
    } catch (IOException unreadable) {
      throw refused(
          "STATE_PERMISSION",
          home,
          "this user may not look into the state folder",
          "give the command as the user who owns it");
    }
  }

  private static long owner(Path path) throws IOException {
    return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
  }

  private static ProblemException refused(String code, Path path, String message, String hint) {
    return ProblemException.of(Category.KEY, code, Place.of(path), message, hint);
  }
}
