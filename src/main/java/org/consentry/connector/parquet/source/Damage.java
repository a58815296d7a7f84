package org.consentry.connector.parquet.source;

/** A file is not what the Parquet format prescribes. The message shows nothing of its content. */
final class Damage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param words continue the sentence "the file ..." or "the page ..."
   */
  Damage(String words) {
    super(words, null, false, false);
  }
}
