package org.consentry.export.scan;

import java.util.EnumSet;
import java.util.Set;
import org.consentry.export.scan.CellHits.Mark;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.export.scan.ScanRules.FinestDate;
import org.consentry.profile.ContentKind;
import org.consentry.profile.Detectors;

/** What looks like an identifier, by the detectors of the profile. Stateless. */
final class Patterns {

  /** In pages and lists of a release, whose dates, addresses and links are the job's. */
  private static final Set<ContentKind> IN_TEXT =
      EnumSet.of(
          ContentKind.SSN,
          ContentKind.CARD_NUMBER,
          ContentKind.VEHICLE_NUMBER,
          ContentKind.COORDINATES);

  /** Of data files: what {@link Limits} judge, and what is no identifier by itself. */
  private static final Set<ContentKind> NOT_IN_CELL =
      EnumSet.of(ContentKind.FREE_TEXT, ContentKind.TIME, ContentKind.AGE);

  private Patterns() {}

  static void find(String normal, ScanRules rules, Place place, Set<Mark> marks) {
    if (rules.patterns() == ScanRules.Patterns.NONE) {
      return;
    }
    for (ContentKind kind : Detectors.usual().of(normal)) {
      boolean counts = place == Place.TEXT ? IN_TEXT.contains(kind) : !NOT_IN_CELL.contains(kind);
      if (counts) {
        mark(kind, rules, marks);
      }
    }
  }

  private static void mark(ContentKind kind, ScanRules rules, Set<Mark> marks) {
    switch (kind) {
      case DATE, BIRTH_DATE -> {
        if (rules.finestDate() != FinestDate.DAY) {
          marks.add(Limits.DATE);
        }
      }
      case ZIP_CODE -> {
        if (rules.zipDigits() < 5) {
          marks.add(Limits.ZIP);
        }
      }
      default -> marks.add(new Mark(Evidence.PATTERN, kind.word()));
    }
  }
}
