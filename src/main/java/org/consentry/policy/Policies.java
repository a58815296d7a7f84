package org.consentry.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Job.LegalBasis;

/**
 * Legal targets by the word after {@code target:}.
 *
 * @param all the targets, in the order in which messages list them; no word twice
 */
public record Policies(List<Policy> all) {

  /** Every target that is shipped. A new one is a new line here. */
  public static final Policies SHIPPED =
      new Policies(
          List.of(
              new SafeHarbor(),
              new LimitedDataSet(),
              Pseudonymization.EXPERT_DETERMINATION,
              Pseudonymization.GDPR,
              Identified.RECORDS,
              Identified.CONTACTS));

  public Policies {
    all = List.copyOf(all);
    if (Set.copyOf(words(all)).size() < all.size()) {
      throw new IllegalArgumentException("every target has a word of its own");
    }
  }

  /** These targets and one more. */
  public Policies with(Policy added) {
    List<Policy> more = new ArrayList<>(all);
    more.add(added);
    return new Policies(more);
  }

  /** The policy of that target. */
  public Optional<Policy> named(String target) {
    return all.stream().filter(policy -> policy.target().word().equals(target)).findFirst();
  }

  /** The words of the targets that a job of research may name. */
  public List<String> targets() {
    return legalTargets().stream().map(LegalTarget::word).toList();
  }

  /** What a job of research needs to know about each target. */
  public List<LegalTarget> legalTargets() {
    return all.stream().map(Policy::target).filter(LegalTarget::servesResearch).toList();
  }

  /** Every code that some target may find. */
  List<FindingCode> codes() {
    return Stream.concat(
            FindingCode.SHARED.stream(),
            all.stream().flatMap(policy -> policy.target().codes().stream()))
        .toList();
  }

  /** The words of the targets that serve a legal basis. */
  List<String> serving(LegalBasis basis) {
    return words(all.stream().filter(policy -> policy.target().bases().contains(basis)).toList());
  }

  private static List<String> words(List<Policy> policies) {
    return policies.stream().map(policy -> policy.target().word()).toList();
  }
}
