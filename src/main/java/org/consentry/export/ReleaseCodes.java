package org.consentry.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobKind;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.PeopleFinder;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Membership;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.Memberships.Published;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.plan.PeopleAsked.Named;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Finds people by their codes in a release for research, by what the ledger keeps of who is in it.
 * A code that the release does not have refuses the whole request: it is a guess, or comes from
 * elsewhere. Messages name lines and never a code.
 */
final class ReleaseCodes implements PeopleFinder {

  private final Memberships memberships;

  ReleaseCodes(Memberships memberships) {
    this.memberships = memberships;
  }

  /**
   * Finds the people.
   *
   * @throws ProblemException category FILES_INVALID when the release is not out, is no release for
   *     research, or does not have one of the codes
   */
  @Override
  public List<Integer> find(PeopleAsked people, SubjectKeys keys) {
    if (people.named() != Named.CODE) {
      return PeopleFinder.byId(people, keys);
    }
    Membership membership = memberships.of(release(people));
    Map<String, Integer> members = members(membership);
    if (members.isEmpty()) {
      throw refused(
          "CODES_NOT_KEPT",
          people,
          "the release has no codes by which a person can be found: codes of one release only are"
              + " not kept",
          "");
    }
    require(people, members);
    int[] today = memberships.subjects(membership, keys);
    List<Integer> found = new ArrayList<>();
    for (Ask ask : people.asks()) {
      Integer member = members.get(ask.id());
      found.add(member == null ? -1 : today[member]);
    }
    return found;
  }

  /** The study of the release whose codes name people; empty for a plan without such. */
  Optional<String> study(ExportPlan plan) {
    return plan.decide()
        .people()
        .filter(people -> people.named() == Named.CODE)
        .map(people -> release(people).entry().study());
  }

  private Published release(PeopleAsked people) {
    String wanted = people.release().orElseThrow();
    Published release =
        memberships.published().stream()
            .filter(one -> wanted.equals(one.entry().job() + "/" + one.name()))
            .reduce((older, newer) -> newer)
            .orElseThrow(
                () ->
                    refused(
                        "RELEASE_UNKNOWN",
                        people,
                        "the release that the codes are of is not in the ledger",
                        "write job and name as consentry list shows them"));
    if (memberships.handOvers().isDestroyed(release.entry().run())) {
      throw refused(
          "RELEASE_DESTROYED",
          people,
          "the recipient confirmed that the release was destroyed, so that it has no codes of it",
          "");
    }
    boolean isResearch =
        Arrays.stream(LegalBasis.values())
            .filter(basis -> basis.name().equals(release.fact(LedgerFact.LEGAL_BASIS)))
            .anyMatch(basis -> basis.kind() == JobKind.RESEARCH);
    if (!isResearch) {
      throw refused("RELEASE_NOT_RESEARCH", people, "the release is not for research", "");
    }
    return release;
  }

  /** Members of the release by each of their codes. */
  private static Map<String, Integer> members(Membership membership) {
    Map<String, Integer> members = new HashMap<>();
    for (int member = 0; member < membership.size(); member++) {
      for (int code = 0; code < membership.head().codes().size(); code++) {
        Optional<String> text = membership.code(member, code);
        if (text.isPresent()) {
          members.put(text.get(), member);
        }
      }
    }
    return members;
  }

  private static void require(PeopleAsked people, Map<String, Integer> members) {
    List<Ask> unknown =
        people.asks().stream().filter(ask -> !members.containsKey(ask.id())).toList();
    if (unknown.isEmpty()) {
      return;
    }
    Problems problems = new Problems();
    problems.error(
        "CODE_UNKNOWN",
        Place.of(people.file(), unknown.get(0).line()),
        CountWords.of(unknown.size(), "line")
            + " of the file, this one first, "
            + (unknown.size() == 1 ? "has a code that is" : "have codes that are")
            + " not of a person of the release; no list is made",
        "ask the researcher for codes of the release, as its tables have them");
    problems.throwIfAny(Category.FILES_INVALID);
  }

  private static ProblemException refused(
      String code, PeopleAsked people, String message, String hint) {
    return ProblemException.of(
        Category.FILES_INVALID, code, Place.of(people.file()), message, hint);
  }
}
