package org.consentry.consent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.consentry.data.BirthRange;
import org.consentry.problem.Place;

/** Remembers the lines it is given, in order, each with its content. */
final class SeenLines implements ConsentSink {

  private final LineChecks checks = new LineChecks(Requests.trial());
  private final List<String> all = new ArrayList<>();
  private final List<ConsentLine> lines = new ArrayList<>();

  /** What came, in words. */
  List<String> all() {
    return all;
  }

  /** The readable lines of known patients. */
  List<ConsentLine> lines() {
    return lines;
  }

  @Override
  public LineFacts facts(int subject, ConsentLine line) {
    return LineFacts.of(line, checks, BirthRange.UNKNOWN).with(line);
  }

  @Override
  public void line(int subject, LineFacts line) {
    all.add(subject + " line " + line.place().line());
    lines.add(line.content().orElseThrow());
  }

  @Override
  public void badPermit(int subject, OptionalLong id, Place place) {
    all.add(subject + " bad permit " + place.line());
  }

  @Override
  public void restrictionOf(int[] subjects, LineFacts line) {
    all.add(Arrays.toString(subjects) + " restriction " + line.place().line());
  }

  @Override
  public void badRestriction(int[] subjects, Place place) {
    all.add(Arrays.toString(subjects) + " bad restriction " + place.line());
  }
}
