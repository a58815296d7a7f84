package org.consentry.consent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The purposes for which records may be used: the codes below PurposeOfUse in HL7 v3 ActReason,
 * read from a dated list that is part of the program, and one of our own. Immutable.
 */
public final class PurposeOfUse {

  /** What the list is, for manifests. */
  public static final String LIST =
      "HL7 v3 ActReason 4.0.0 of 2024-02-28, codes below PurposeOfUse, and RECONTACT";

  /**
   * To be contacted again for research; HL7 has no code of it, and no other code covers it; {@code
   * *} does.
   */
  public static final String RECONTACT = "RECONTACT";

  private static final String RESEARCH = "HRESCH";
  private static final String ROOT = "PurposeOfUse";
  private static final PurposeOfUse BUNDLED = new PurposeOfUse(readBundled());

  private final Map<String, Set<String>> withAncestors = new TreeMap<>();

  private PurposeOfUse(Map<String, List<String>> parents) {
    parents.keySet().forEach(code -> withAncestors.put(code, withAncestors(code, parents)));
  }

  /** The list that is part of the program. */
  public static PurposeOfUse bundled() {
    return BUNDLED;
  }

  /** All codes, sorted. The root is no purpose. */
  public Set<String> codes() {
    return Collections.unmodifiableSet(withAncestors.keySet());
  }

  /** The codes in words for messages: those of research, and where the others are listed. */
  public String inWords() {
    List<String> research = new ArrayList<>();
    List<String> others = new ArrayList<>();
    withAncestors.forEach(
        (code, ancestors) -> {
          if (ancestors.contains(RESEARCH)) {
            research.add(code);
          } else if (ancestors.size() == 1) {
            others.add(code);
          }
        });
    return "for research one of: "
        + String.join(", ", research)
        + "; for other purposes one of: "
        + String.join(", ", others)
        + ", or a narrower code of the page consent.md (purposes of use)";
  }

  /** Whether the word is a code of the list, in exactly these letters. */
  public boolean isKnown(String code) {
    return withAncestors.containsKey(code);
  }

  /**
   * The codes whose consent covers the purpose: itself and what is above it. Consent to HRESCH
   * covers CLINTRCH, never the other way round.
   *
   * @throws IllegalArgumentException when the purpose is unknown
   */
  public Set<String> covering(String purpose) {
    Set<String> covering = withAncestors.get(purpose);
    if (covering == null) {
      throw new IllegalArgumentException("purpose is no code below PurposeOfUse");
    }
    return covering;
  }

  /**
   * The codes that overlap the purpose: itself, what is above and what is below.
   *
   * @throws IllegalArgumentException when the purpose is unknown
   */
  public Set<String> overlapping(String purpose) {
    Set<String> overlapping = new TreeSet<>(covering(purpose));
    withAncestors.forEach(
        (code, ancestors) -> {
          if (ancestors.contains(purpose)) {
            overlapping.add(code);
          }
        });
    return Collections.unmodifiableSet(overlapping);
  }

  private static Set<String> withAncestors(String code, Map<String, List<String>> parents) {
    Set<String> found = new HashSet<>();
    collect(code, parents, found);
    return Collections.unmodifiableSet(found);
  }

  private static void collect(String code, Map<String, List<String>> parents, Set<String> found) {
    if (!code.equals(ROOT) && found.add(code)) {
      List<String> above = parents.get(code);
      if (above == null) {
        throw new IllegalStateException("the list of purposes names an unknown parent: " + code);
      }
      above.forEach(parent -> collect(parent, parents, found));
    }
  }

  private static Map<String, List<String>> readBundled() {
    Map<String, List<String>> parents = new TreeMap<>();
    try (InputStream in =
            Objects.requireNonNull(
                PurposeOfUse.class.getResourceAsStream("purpose-of-use.csv"), "list of purposes");
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("code,"))
          .map(line -> line.split(",", -1))
          .forEach(cells -> parents.put(cells[0], List.of(cells[1].split("\\|"))));
    } catch (IOException e) {
      throw new UncheckedIOException("the list of purposes cannot be read", e);
    }
    parents.put(RECONTACT, List.of(ROOT));
    return parents;
  }
}
