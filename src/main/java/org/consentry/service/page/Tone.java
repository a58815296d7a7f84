package org.consentry.service.page;

import java.util.Locale;

/** How grave something is that a page shows; words beside it show the same. */
public enum Tone {
  DONE,
  BUSY,
  WAIT,
  BAD,
  QUIET;

  /** The class of the style sheet. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
