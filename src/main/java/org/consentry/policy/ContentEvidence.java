package org.consentry.policy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnType;
import org.consentry.profile.ContentKind;
import org.consentry.profile.Masked;

/**
 * When values of a column are evidence of a kind of content and no chance.
 *
 * <p>Most content has a form that no code has by chance, and one value is a finding, because one
 * patient is one too many. Names and texts are judged by their share, because a word of a list may
 * be a name as well, and one label in a list may be long. Numbers with a check digit are judged by
 * their share among codes: one code in ten has a right digit by chance.
 */
final class ContentEvidence {

  /** Content that does not name a person by itself. */
  private static final Set<ContentKind> INDIRECT =
      EnumSet.of(
          ContentKind.DATE,
          ContentKind.BIRTH_DATE,
          ContentKind.TIME,
          ContentKind.ZIP_CODE,
          ContentKind.AGE);

  private static final double LEAST_SHARE = 0.01;

  /** Labels of a list repeat: of texts that people write, more than this share are different. */
  private static final double LEAST_DIFFERENT = 0.2;

  private ContentEvidence() {}

  /** Whether enough values have content of a kind. */
  static boolean isEnough(ContentKind kind, ColumnSummary column) {
    long found = found(kind, column);
    return switch (kind) {
      case NAME -> isShare(found, column) && isNoList(kind, found, column);
      case FREE_TEXT ->
          isShare(found, column) && isNoList(kind, found, column) && isDifferent(column);
      case CARD_NUMBER, LICENSE_NUMBER, NATIONAL_ID, VEHICLE_NUMBER ->
          found > 0 && (column.written().type() == ColumnType.TEXT || 2 * found >= column.values());
      case POSTAL_ADDRESS,
          ZIP_CODE,
          COORDINATES,
          DATE,
          TIME,
          BIRTH_DATE,
          AGE,
          PHONE,
          EMAIL,
          SSN,
          RECORD_NUMBER,
          PLAN_NUMBER,
          ACCOUNT_NUMBER,
          DEVICE_SERIAL,
          URL,
          IP_ADDRESS ->
          found > 0;
    };
  }

  /**
   * Whether numbers may be days, ZIP codes or coordinates, which have no form of their own: nearly
   * all values may, and they are no codes that repeat. Names in fewer values than {@link #isEnough}
   * asks for, of which many differ, are words of a long list or the names of many patients.
   */
  static boolean isPerhaps(ContentKind kind, ColumnSummary column) {
    if (kind == ContentKind.NAME) {
      return found(kind, column) >= ColumnSummary.FEWEST_OF_NO_LIST
          && column.hits(kind).distinct() >= ColumnSummary.FEWEST_OF_NO_LIST;
    }
    return hasNoForm(kind)
        && column.isPerhaps(kind)
        && column.hits(kind).possible() >= ColumnSummary.FITTING * column.values()
        && isDifferent(column);
  }

  /** The first kind of content that names a person by itself. */
  static Optional<ContentKind> direct(ColumnSummary column) {
    return Stream.of(ContentKind.values())
        .filter(kind -> !INDIRECT.contains(kind) && isEnough(kind, column))
        .findFirst();
  }

  /** The share of the values, as people may see it. */
  static String share(ContentKind kind, ColumnSummary column) {
    boolean isCertain = kind == ContentKind.NAME || isEnough(kind, column);
    long shown = isCertain ? found(kind, column) : column.hits(kind).possible();
    return Masked.share(shown, column.values());
  }

  private static long found(ContentKind kind, ColumnSummary column) {
    return hasNoForm(kind) ? column.hits(kind).certain() : column.found(kind);
  }

  /**
   * Codes of procedures and amounts have five digits, and results of a laboratory many decimals.
   */
  private static boolean hasNoForm(ContentKind kind) {
    return kind == ContentKind.ZIP_CODE
        || kind == ContentKind.DATE
        || kind == ContentKind.COORDINATES;
  }

  private static boolean isShare(long found, ColumnSummary column) {
    return found > 0 && found >= LEAST_SHARE * column.values();
  }

  private static boolean isNoList(ContentKind kind, long found, ColumnSummary column) {
    return column.hits(kind).distinct() >= Math.min(found, ColumnSummary.FEWEST_OF_NO_LIST);
  }

  private static boolean isDifferent(ColumnSummary column) {
    return column.distinct().count() >= LEAST_DIFFERENT * column.values();
  }
}
