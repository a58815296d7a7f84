package org.consentry.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects what one pass finds: the kinds and their places. */
final class Places {

  private static final EnumSet<ContentKind> NOTHING = EnumSet.noneOf(ContentKind.class);

  private final List<Found> list = new ArrayList<>(0);
  private EnumSet<ContentKind> kinds = NOTHING;

  void add(ContentKind kind, int start, int end) {
    add(kind);
    list.add(new Found(kind, start, end));
  }

  /** A kind that the whole value is of. */
  void add(ContentKind kind) {
    if (kinds.isEmpty()) {
      kinds = EnumSet.of(kind);
    }
    kinds.add(kind);
  }

  boolean has(ContentKind kind) {
    return kinds.contains(kind);
  }

  Set<ContentKind> kinds() {
    return kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(kinds);
  }

  List<Found> list() {
    return List.copyOf(list);
  }
}
