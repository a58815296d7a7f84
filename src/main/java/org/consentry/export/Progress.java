package org.consentry.export;

/** Receives the progress of a run: phases, rows and bytes; nothing of a patient. Any thread. */
public interface Progress {

  /** A phase begins, in a few words for people. */
  void phase(String words);

  /** The extract is about to read so many bytes. */
  void total(long bytes);

  /** Rows were read and released. */
  void rows(long read, long released);

  /** A split of so many bytes is done. */
  void done(long bytes);

  /** So many combinations of levels were looked at, of at most so many. */
  void levels(long looked, long most);

  /** Something a person should know, one line. */
  void note(String words);
}
