package org.consentry.export;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run that was sealed.
 *
 * @param state whether the release is published
 * @param folder the folder of the release, which exists once it is published; of a run that made
 *     none the name of the last release
 * @param rejected how many rows could not be used, in all tables
 * @param counts rows and subjects by name; empty when a release was published after its approval
 */
public record Publication(State state, Path folder, long rejected, Map<String, Long> counts) {

  /** Whether a release is published. */
  public enum State {
    PUBLISHED,
    /** It waits in staging for approvals; see {@link ApprovedRelease}. */
    STAGED,
    /** There is none: it would have repeated the last one. */
    UNCHANGED
  }

  public Publication {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
