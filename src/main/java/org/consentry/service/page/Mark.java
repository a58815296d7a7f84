package org.consentry.service.page;

import java.util.Locale;

/**
 * The state of something, in a word.
 *
 * @param tone its colour and form
 * @param words what it is
 */
public record Mark(Tone tone, String words) {

  /** The state of a run, as its record and the lock have it. */
  static Mark ofRun(String state) {
    Tone tone =
        switch (state) {
          case "PUBLISHED" -> Tone.DONE;
          case "RUNNING" -> Tone.BUSY;
          case "STAGED" -> Tone.WAIT;
          case "FAILED", "STOPPED", "INTERRUPTED" -> Tone.BAD;
          default -> Tone.QUIET;
        };
    return new Mark(tone, state.toLowerCase(Locale.ROOT));
  }
}
