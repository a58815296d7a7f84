package org.consentry.service.notice;

/** A way to send notices. Safe for any number of threads. */
public interface Channel {

  /** The word for it, in settings and records. */
  String word();

  /** Sends a notice once, and gives what is known of it afterwards. Throws nothing. */
  Outcome send(Notice notice);

  /**
   * What is known after an attempt.
   *
   * @param result whether it was taken
   * @param reason in words, without anything of an answer, an address or a secret; empty when it
   *     was sent
   */
  record Outcome(Result result, String reason) {

    static Outcome sent() {
      return new Outcome(Result.SENT, "");
    }

    static Outcome refused(String reason) {
      return new Outcome(Result.REFUSED, reason);
    }

    static Outcome unknown(String reason) {
      return new Outcome(Result.UNKNOWN, reason);
    }
  }

  /** Whether a notice was taken. */
  enum Result {
    /** By the other side, or by some of several addresses. */
    SENT,
    /** Certainly not: it may be sent again. */
    REFUSED,
    /** It may have been taken, and is not sent again. */
    UNKNOWN
  }
}
