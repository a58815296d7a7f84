package org.consentry.keys;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.data.FlatInput;
import org.consentry.data.FlatOutput;
import org.consentry.data.Prf;

/**
 * The functions of a run's keys that other processes of the run need, and no others: each is sent
 * as a key of its own, which was derived for one purpose and domain. Immutable; safe for any number
 * of threads.
 *
 * <p><b>Security promise:</b> the study's key and the one-time key do not leave the process that
 * read them. The derived keys are written only by {@link #write}, to a channel that the caller
 * encrypts; they cannot be read back from this object and toString shows none.
 */
public final class SentKeys {

  private final Map<String, Prf> keyed;
  private final Map<String, Prf> oneTime;

  private SentKeys(Map<String, Prf> keyed, Map<String, Prf> oneTime) {
    this.keyed = Map.copyOf(keyed);
    this.oneTime = Map.copyOf(oneTime);
  }

  /**
   * Writes the derived keys of some domains.
   *
   * @param keyed domains for pseudonyms of the study
   * @param oneTime domains of the run's one-time key
   */
  public static void write(
      StudyKey study,
      String studyId,
      Set<String> keyed,
      OneTimeKey run,
      Set<String> oneTime,
      FlatOutput out) {
    out.number(keyed.size());
    for (String domain : new TreeSet<>(keyed)) {
      out.text(domain);
      Secret.wiping(study.pseudonymsKey(studyId, domain), key -> written(key, out));
    }
    out.number(oneTime.size());
    for (String domain : new TreeSet<>(oneTime)) {
      out.text(domain);
      Secret.wiping(run.key(domain), key -> written(key, out));
    }
  }

  private static boolean written(byte[] key, FlatOutput out) {
    out.bytes(key);
    return true;
  }

  /** Reads what {@link #write} wrote. */
  public static SentKeys read(FlatInput in) {
    return new SentKeys(functions(in), functions(in));
  }

  private static Map<String, Prf> functions(FlatInput in) {
    Map<String, Prf> functions = new TreeMap<>();
    int count = in.integer();
    for (int i = 0; i < count; i++) {
      String domain = in.text();
      functions.put(domain, Secret.wiping(in.bytes(), HmacSha256::new));
    }
    return functions;
  }

  /** The study's function for pseudonyms of a domain that was sent. */
  public Prf keyed(String domain) {
    return sent(keyed, domain);
  }

  /** The run's one-time function of a domain that was sent. */
  public Prf oneTime(String domain) {
    return sent(oneTime, domain);
  }

  private static Prf sent(Map<String, Prf> functions, String domain) {
    return Optional.ofNullable(functions.get(domain))
        .orElseThrow(() -> new IllegalStateException("no key of this domain was sent"));
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return "SentKeys";
  }
}
