package org.consentry.testing;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When a process dies, in changes of the disk since it was begun. Death is an error from the chosen
 * change and from every later one, so what a process leaves behind can be examined and taken up
 * again in the same Java runtime: nothing reaches the disk after it.
 */
public final class Deaths {

  private static final AtomicLong STEPS = new AtomicLong();
  private static volatile String watched = "";
  private static volatile When when = (step, kind, path) -> false;
  private static volatile boolean dead;
  private static volatile String where = "";

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
    dead = false;
    where = "";
    watched = folder.toString();
  }

  /** Ends the life: changes count no more. Returns how many there were. */
  public static long end() {
    watched = "";
    dead = false;
    return STEPS.get();
  }

  /** Where it died; empty when it is alive. */
  public static String where() {
    return where;
  }

  /** A change of the disk is about to be made. */
  static void step(String kind, Path path) {
    if (watched.isEmpty() || !path.toAbsolutePath().startsWith(watched)) {
      return;
    }
    if (dead) {
      throw new Died(kind, path, false);
    }
    if (when.isNow(STEPS.incrementAndGet(), kind, path)) {
      dead = true;
      where = kind + " " + path;
      throw new Died(kind, path, true);
    }
  }
}
