package org.consentry.export.decide;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.consentry.data.SubjectKeys;
import org.consentry.plan.PeopleAsked;
import org.consentry.plan.PeopleAsked.Ask;
import org.consentry.plan.PeopleAsked.Named;

/** Finds the people of a request among all subjects. */
public interface PeopleFinder {

  /**
   * Finds the people.
   *
   * @return by line of the request the number of the subject, -1 where there is none
   * @throws org.consentry.problem.ProblemException when a line cannot be of any person
   */
  List<Integer> find(PeopleAsked people, SubjectKeys keys);

  /** By the clinic's ids alone: people who are named by the code of a release are not found. */
  static List<Integer> byId(PeopleAsked people, SubjectKeys keys) {
    List<Integer> subjects = new ArrayList<>();
    for (Ask ask : people.asks()) {
      byte[] id = ask.id().getBytes(StandardCharsets.UTF_8);
      subjects.add(people.named() == Named.CODE ? -1 : keys.findRaw(id, 0, id.length));
    }
    return subjects;
  }
}
