package org.consentry.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a process dies, in changes of the disk since it was begun. Death is an error from the chosen
 * change and from every later one, so what a process leaves behind can be examined and taken up
 * again in the same Java runtime: nothing is written to the disk after it.
 */
public final class Deaths {

  private static final AtomicLong STEPS = new AtomicLong();
  private static volatile String watched = "";
  private static volatile When when = (step, kind, path) -> false;
  private static volatile boolean dead;
  private static volatile boolean isDiskFull;
  private static volatile boolean isRefusing;
  private static volatile String where = "";

  private static final Set<String> NEED_ROOM = Set.of("create", "mkdir", "write", "copy");

  private Deaths() {}

  /** Nothing is written any more. */
  public static final class Died extends Error {
    private static final long serialVersionUID = 1L;
    private final boolean first;

    Died(String kind, Path path, boolean first) {
      super(kind + " " + path);
      this.first = first;
    }

    /** Whether this is the change at which the process died. */
    boolean isFirst() {
      return first;
    }
  }

  /** Chooses the change at which a process dies. */
  @FunctionalInterface
  public interface When {
    /**
     * Whether it dies now.
     *
     * @param step number of the change, from 1
     * @param kind create, write, fsync, rename, unlink, mkdir, truncate or copy
     * @param path the file that is changed
     */
    boolean isNow(long step, String kind, Path path);
  }

  /** Begins a life, of which the changes below a folder count. */
  public static void begin(Path folder, When death) {
    STEPS.set(0);
    when = death;
    isDiskFull = false;
    isRefusing = false;
    dead = false;
    where = "";
    watched = folder.toString();
  }

  /** Begins a life during which the disk becomes full: nothing below the folder can be added. */
  public static void beginFilling(Path folder, When full) {
    begin(folder, full);
    isDiskFull = true;
  }

  /** Begins a life during which the disk refuses the chosen changes, and no other. */
  public static void beginRefusing(Path folder, When refused) {
    begin(folder, refused);
    isRefusing = true;
  }

  /** Ends the life: changes count no more. Returns how many there were. */
  public static long end() {
    watched = "";
    dead = false;
    return STEPS.get();
  }

  /** Whether a full disk refuses a change of this kind. */
  public static boolean needsRoom(String kind) {
    return NEED_ROOM.contains(kind);
  }

  /** Where it died; empty when it is alive. */
  public static String where() {
    return where;
  }

  /**
   * A change of the disk is about to be made.
   *
   * @throws IOException when the disk is full and the change needs room, or refuses this change
   */
  static void step(String kind, Path path) throws IOException {
    if (watched.isEmpty() || !path.toAbsolutePath().startsWith(watched)) {
      return;
    }
    boolean isNow = !dead && when.isNow(STEPS.incrementAndGet(), kind, path);
    if (isNow && isRefusing) {
      throw new IOException("Input/output error");
    }
    if (isNow) {
      dead = true;
      where = kind + " " + path;
    }
    if (dead && !isDiskFull) {
      throw new Died(kind, path, isNow);
    }
    if (dead && needsRoom(kind)) {
      throw new IOException("No space left on device");
    }
  }
}
