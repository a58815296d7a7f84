package org.consentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a loss of power leaves of a folder: of a file what was flushed last, of a folder the names
 * that were there when the folder was flushed last. A new file that was flushed has no name until
 * its folder is flushed. A rename is one change: it is on the disk when the folder of the new name
 * is flushed, and until then the old name is. {@link KillingFiles} reports every change; what goes
 * by {@code java.io} is not seen and stays.
 */
public final class PowerLoss {

  private static final Map<Path, Node> NOW = new TreeMap<>();
  private static final List<Change> PENDING = new ArrayList<>();
  private static @Nullable Path root;
  private static Predicate<Path> ignored = path -> false;

  private PowerLoss() {}

  /** A file or folder, whatever its name is. */
  private static final class Node {
    /** Names on the disk, of a folder. */
    final Map<String, Node> names = new TreeMap<>();

    final boolean isFolder;

    /** Where it is now; not there any more when {@code isGone}. */
    Path place;

    boolean isGone;

    /** Content on the disk; none when it is the content that the file has now. */
    byte @Nullable [] flushed;

    Set<PosixFilePermission> permissions = Set.of();

    Node(Path place, boolean isFolder) {
      this.place = place;
      this.isFolder = isFolder;
    }

    /** Remembers what is on the disk, before the file is changed. */
    void keep() throws IOException {
      if (!isGone) {
        permissions = Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS);
        if (!isFolder && flushed == null) {
          flushed = Files.readAllBytes(place);
        }
      }
    }

    byte[] left(@Nullable Random random) throws IOException {
      if (flushed == null) {
        return Files.readAllBytes(place);
      }
      int chance = random == null || isGone ? 0 : random.nextInt(4);
      if (chance == 0) {
        return flushed;
      }
      byte[] now = Files.readAllBytes(place);
      return switch (chance) {
        case 1 -> now;
        case 2 -> Arrays.copyOf(now, now.length / 2);
        default -> Arrays.copyOf(Arrays.copyOf(now, now.length / 2), now.length);
      };
    }
  }

  /** A name that gets another meaning, or none. */
  private record Naming(Node folder, String name, @Nullable Node node) {
    boolean isSameName(Naming other) {
      return folder == other.folder && name.equals(other.name);
    }
  }

  /** A change of names that is on the disk when a folder is flushed. */
  private record Change(Node folder, List<Naming> namings) {
    boolean isBefore(Change later) {
      return namings.stream().anyMatch(one -> later.namings.stream().anyMatch(one::isSameName));
    }
  }

  /** Begins to watch a folder; what is in it is on the disk. */
  public static synchronized void begin(Path folder) {
    begin(folder, path -> false);
  }

  /**
   * The same, ignoring flushes, as if the program did not make them.
   *
   * @param flushes of which files and folders; their paths are relative to the folder
   */
  public static synchronized void begin(Path folder, Predicate<Path> flushes) {
    NOW.clear();
    PENDING.clear();
    Path top = Path.of(folder.toString()).toAbsolutePath().normalize();
    root = null;
    ignored = flushes;
    try (Stream<Path> walk = Files.walk(top)) {
      for (Path each : walk.sorted().toList()) {
        Path path = KillingFiles.real(each);
        Node node = new Node(path, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
        NOW.put(path, node);
        Node parent = NOW.get(path.getParent());
        if (parent != null) {
          parent.names.put(name(path), node);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    root = KillingFiles.real(top);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Optional<Path> watched(Path path) {
    Path full = path.toAbsolutePath().normalize();
    return root != null && full.startsWith(root) ? Optional.of(full) : Optional.empty();
  }

  private static @Nullable Node folderOf(Path path) {
    return NOW.get(path.getParent());
  }

  /** The content of a file, or what has its name, is about to be changed. */
  static synchronized void changing(Path path) throws IOException {
    Node node = watched(path).map(NOW::get).orElse(null);
    if (node != null) {
      node.keep();
    }
  }

  /** A file or folder was created. */
  static synchronized void created(Path path) {
    watched(path)
        .filter(full -> folderOf(full) != null)
        .ifPresent(
            full -> {
              Node node = new Node(full, Files.isDirectory(full, LinkOption.NOFOLLOW_LINKS));
              node.flushed = node.isFolder ? null : new byte[0];
              NOW.put(full, node);
              Node folder = folderOf(full);
              if (folder != null) {
                PENDING.add(new Change(folder, List.of(new Naming(folder, name(full), node))));
              }
            });
  }

  /** A name was deleted. */
  static synchronized void deleted(Path path) {
    Path full = watched(path).orElse(null);
    Node node = full == null ? null : NOW.remove(full);
    if (node != null && full != null) {
      node.isGone = true;
      Node folder = folderOf(full);
      if (folder != null) {
        PENDING.add(new Change(folder, List.of(new Naming(folder, name(full), null))));
      }
    }
  }

  /** A file, or a folder with all that is in it, has another name now. */
  static synchronized void renamed(Path from, Path to) {
    Path source = watched(from).orElse(null);
    Path target = watched(to).orElse(null);
    Node node = source == null ? null : NOW.get(source);
    if (node == null || source == null || target == null) {
      return;
    }
    Node replaced = NOW.get(target);
    if (replaced != null) {
      replaced.isGone = true;
    }
    for (Path path : List.copyOf(NOW.keySet())) {
      if (path.startsWith(source)) {
        Path place = path.equals(source) ? target : target.resolve(source.relativize(path));
        Node moved = Objects.requireNonNull(NOW.remove(path));
        moved.place = place;
        NOW.put(place, moved);
      }
    }
    Node left = folderOf(source);
    Node entered = folderOf(target);
    if (left != null && entered != null) {
      PENDING.add(
          new Change(
              entered,
              List.of(
                  new Naming(left, name(source), null), new Naming(entered, name(target), node))));
    }
  }

  /** A file or folder was flushed. */
  static synchronized void flushed(Path path) {
    Path full = watched(path).orElse(null);
    Node node = full == null ? null : NOW.get(full);
    if (node == null || root == null || ignored.test(root.relativize(full))) {
      return;
    }
    if (!node.isFolder) {
      node.flushed = null;
    }
    for (Change change : List.copyOf(PENDING)) {
      if (node.isFolder && change.folder == node) {
        write(change);
      }
    }
  }

  /** Puts a change of names on the disk, and before it those that were made of the same names. */
  private static void write(Change change) {
    int at = PENDING.indexOf(change);
    if (at < 0) {
      return;
    }
    for (Change earlier : List.copyOf(PENDING.subList(0, at))) {
      if (earlier.isBefore(change)) {
        write(earlier);
      }
    }
    PENDING.remove(change);
    for (Naming naming : change.namings) {
      if (naming.node == null) {
        naming.folder.names.remove(naming.name);
      } else {
        naming.folder.names.put(naming.name, naming.node);
      }
    }
  }

  /** Loses everything that was not flushed. */
  public static synchronized void strike() {
    strike(null);
  }

  /**
   * Loses what was not flushed, but for some of it: names up to a moment are on the disk, and of a
   * file that was not flushed all, nothing, the first half, or the first half and zeros.
   */
  public static synchronized void strikeSparing(Random random) {
    strike(random);
  }

  private static void strike(@Nullable Random random) {
    Node top = NOW.get(root);
    if (top == null) {
      throw new IllegalStateException("no folder is watched");
    }
    int spared = random == null ? 0 : random.nextInt(PENDING.size() + 1);
    List.copyOf(PENDING.subList(0, spared)).forEach(PowerLoss::write);
    try {
      Map<Path, Node> left = new TreeMap<>();
      collect(top, top.place, left);
      Map<Path, byte[]> contents = new TreeMap<>();
      for (Map.Entry<Path, Node> entry : left.entrySet()) {
        Node node = entry.getValue();
        if (!node.isGone) {
          node.permissions = Files.getPosixFilePermissions(node.place, LinkOption.NOFOLLOW_LINKS);
        }
        if (!node.isFolder) {
          contents.put(entry.getKey(), node.left(random));
        }
      }
      for (Path path : NOW.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
        remove(path);
      }
      for (Map.Entry<Path, Node> entry : left.entrySet()) {
        Path path = entry.getKey();
        if (entry.getValue().isFolder) {
          Files.createDirectories(path);
        } else {
          Files.write(path, contents.get(path));
        }
        Files.setPosixFilePermissions(path, entry.getValue().permissions);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      root = null;
      NOW.clear();
      PENDING.clear();
    }
  }

  private static void collect(Node node, Path path, Map<Path, Node> into) {
    into.put(path, node);
    node.names.forEach((name, child) -> collect(child, path.resolve(name), into));
  }

  /** A folder stays when it has files that were written by other means. */
  private static void remove(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> list = Files.list(path)) {
        if (list.findAny().isPresent()) {
          return;
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
