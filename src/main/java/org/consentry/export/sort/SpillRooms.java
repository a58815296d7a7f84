package org.consentry.export.sort;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays of spill writers that are done, for those that begin. A writer needs some megabytes for a
 * second; new ones for each split would all be copied by the collector of garbage, because they are
 * in use when it comes. Safe for many threads.
 */
public final class SpillRooms {

  private static final int ROWS_BYTES = 1 << 16;
  private static final int OUTPUT_BYTES = 1 << 18;
  private static final int ROWS = 1 << 10;

  private final Deque<Room> idle = new ArrayDeque<>();

  /** The arrays of one writer, which replaces them by larger ones. */
  static final class Room {
    byte[] rows = new byte[ROWS_BYTES];
    int[] starts = new int[ROWS];
    int[] ends = new int[ROWS];
    byte[] output = new byte[OUTPUT_BYTES];

    private Room() {}
  }

  /** Arrays that no writer uses; new ones when there are none. */
  synchronized Room take() {
    Room last = idle.pollLast();
    return last == null ? new Room() : last;
  }

  /** Takes arrays back. */
  synchronized void give(Room room) {
    idle.addLast(room);
  }
}
