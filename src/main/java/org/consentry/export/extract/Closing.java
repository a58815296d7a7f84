package org.consentry.export.extract;

import java.util.List;
import java.util.function.Consumer;

/** Closes all of several things though some cannot be closed. */
final class Closing {

  private Closing() {}

  /**
   * Closes each, the first first.
   *
   * @param close throws where one cannot be closed; the last failure is thrown again
   */
  static <T> void all(List<T> open, Consumer<? super T> close) {
    if (!open.isEmpty()) {
      try {
        close.accept(open.get(0));
      } finally {
        all(open.subList(1, open.size()), close);
      }
    }
  }
}
