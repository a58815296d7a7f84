package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import org.consentry.data.SubjectKeys;

/**
 * Finds the patients whose ids look like another id ({@link Confusables}). The index is made when
 * it is first asked, because most files need none. Not thread-safe.
 */
final class PatientsAlike {

  /** Bits of an entry that are the subject; the others are the beginning of a form's hash. */
  private static final long SUBJECT = 0x7FFF_FFFFL;

  private final SubjectKeys keys;
  private long[] index = new long[0];

  PatientsAlike(SubjectKeys keys) {
    this.keys = keys;
  }

  /** All subjects whose id may be meant by an id, in order; none when there is no such patient. */
  int[] of(String id) {
    if (index.length == 0) {
      index = index();
    }
    BitSet found = new BitSet();
    for (String form : Confusables.forms(id)) {
      collect(form, found);
    }
    return found.stream().toArray();
  }

  private void collect(String form, BitSet found) {
    long first = LineStore.hash(form) & ~SUBJECT;
    int at = Arrays.binarySearch(index, first);
    for (int i = at < 0 ? -1 - at : at; i < index.length && (index[i] & ~SUBJECT) == first; i++) {
      int subject = (int) (index[i] & SUBJECT);
      if (forms(subject).contains(form)) {
        found.set(subject);
      }
    }
  }

  private long[] index() {
    long[] entries = new long[1 << 10];
    int size = 0;
    for (int subject = 0; subject < keys.size(); subject++) {
      for (String form : forms(subject)) {
        if (size == entries.length) {
          entries = Arrays.copyOf(entries, size + (size >> 1));
        }
        entries[size++] = (LineStore.hash(form) & ~SUBJECT) | subject;
      }
    }
    entries = Arrays.copyOf(entries, size);
    Arrays.sort(entries);
    return entries;
  }

  private Set<String> forms(int subject) {
    return Confusables.forms(new String(keys.key(subject), StandardCharsets.UTF_8));
  }
}
