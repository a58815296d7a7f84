package org.consentry.release;

import java.util.Map;
import java.util.function.UnaryOperator;

/** What a release answers to who asked for it, as files beside the data. */
public sealed interface Reply permits AnswerLetter, Receipt {

  /**
   * The files by their paths.
   *
   * @param sign makes the signature over the bytes of a file, in the armor of OpenSSH
   */
  Map<String, byte[]> files(UnaryOperator<byte[]> sign);

  /** What the files are, one sentence for the README of the release. */
  String about();
}
