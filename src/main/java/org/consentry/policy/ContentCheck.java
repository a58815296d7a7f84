package org.consentry.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.Effect;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ContentKind;
import org.consentry.profile.Masked;
import org.consentry.profile.SourceContents;

/**
 * Compares what the values of a source contain with what a mapping releases of them. An operator
 * that lets the value itself or a part of it out also lets out what is in the value, whatever role
 * the mapping gives the column.
 */
public final class ContentCheck {

  /** Content that may be released: a time without its day, an age that is not over 89. */
  private static final Set<ContentKind> ALLOWED = EnumSet.of(ContentKind.TIME, ContentKind.AGE);

  /** Content that does not name a person by itself. */
  private static final Set<ContentKind> INDIRECT =
      EnumSet.of(
          ContentKind.DATE,
          ContentKind.BIRTH_DATE,
          ContentKind.TIME,
          ContentKind.ZIP_CODE,
          ContentKind.AGE);

  /**
   * Names and texts are judged by their share, because a word of a list may be a name as well, and
   * one label in a list may be long. Everything else has a form that no code has by chance, so that
   * a single value is a finding.
   */
  private static final double LEAST_SHARE = 0.01;

  /** Labels of a list repeat: of texts that people write, more than this share are different. */
  private static final double LEAST_DIFFERENT = 0.2;

  private static final String PREFIX = "CONTENT_";
  private static final String ROLE = PREFIX + "ROLE";
  private static final String UNIQUE = PREFIX + "UNIQUE";

  private final PolicyInput input;
  private final SourceContents contents;
  private final Findings findings;

  private ContentCheck(Policy policy, PolicyInput input, SourceContents contents) {
    this.input = input;
    this.contents = contents;
    this.findings = new Findings(policy);
  }

  /**
   * Compares a mapping with what its columns contain.
   *
   * @param contents what the source contains; columns that it lacks are not judged
   * @param policies all targets, whose warnings can be acknowledged
   * @param today the day on which answers to warnings are compared
   * @return what is wrong, without the warnings that a person answered
   */
  public static PolicyReport check(
      Policy policy,
      PolicyInput input,
      SourceContents contents,
      Policies policies,
      LocalDate today) {
    ContentCheck check = new ContentCheck(policy, input, contents);
    check.run();
    return Acknowledgements.answerOfValues(check.findings.report(), input, policies, today);
  }

  /** The words of everything it finds; a target lists those that are errors under it. */
  static List<String> words() {
    List<String> words = new ArrayList<>(List.of(ROLE, UNIQUE));
    words.addAll(released());
    return words;
  }

  /** Words of errors, with those of released content. */
  static List<String> and(String... others) {
    return Stream.concat(Stream.of(others), released().stream()).toList();
  }

  private static List<String> released() {
    return EnumSet.complementOf(EnumSet.copyOf(ALLOWED)).stream()
        .map(kind -> PREFIX + kind.name())
        .toList();
  }

  private void run() {
    for (MappingRule rule : MappingRules.of(input)) {
      if (rule.isDerived()) {
        derived(rule);
      } else {
        contents.column(rule.table(), rule.column()).ifPresent(column -> check(rule, column));
      }
    }
  }

  private void check(MappingRule rule, ColumnSummary column) {
    if (letsOut(rule)) {
      released(rule, "is released " + how(rule) + ", and ", " of its values contain ", column);
      if (column.looksLike().contains(ContentKind.RECORD_NUMBER)
          && rule.has(Effect.TrueValue.class)
          && !rule.joins()) {
        findings.ofValues(
            rule,
            UNIQUE,
            Identifier.OTHER.safeHarbor(),
            "is released as it is, and its values have one form and hardly repeat, like record"
                + " numbers",
            "pseudonymize it, or drop it");
      }
    } else if (rule.role() == Role.NON_SENSITIVE) {
      role(rule, column);
    }
  }

  private void derived(MappingRule rule) {
    if (!letsOut(rule)) {
      return;
    }
    for (MappingRule.Input from : rule.inputs()) {
      contents
          .column(from.table(), from.column())
          .ifPresent(
              column ->
                  released(
                      rule,
                      "is made of column '" + from.column() + "', and ",
                      " of its values contain ",
                      column));
    }
  }

  private void released(MappingRule rule, String begin, String middle, ColumnSummary column) {
    for (ContentKind kind : ContentKind.values()) {
      if (!ALLOWED.contains(kind) && !isKnownDate(rule, kind) && isFinding(kind, column)) {
        findings.ofValues(
            rule,
            PREFIX + kind.name(),
            citation(kind),
            begin + share(kind, column) + middle + kind.plural(),
            "drop it, or use an operator that lets nothing of them out");
      }
    }
  }

  /** The first kind alone: one role has one remedy. */
  private void role(MappingRule rule, ColumnSummary column) {
    direct(column)
        .ifPresent(
            kind ->
                findings.ofValues(
                    rule,
                    ROLE,
                    citation(kind),
                    "is declared non-sensitive, and "
                        + share(kind, column)
                        + " of its values contain "
                        + kind.plural(),
                    "declare role: "
                        + (kind == ContentKind.FREE_TEXT ? "free-text" : "direct-identifier")));
  }

  /** The first kind of content that names a person by itself. */
  static Optional<ContentKind> direct(ColumnSummary column) {
    return Stream.of(ContentKind.values())
        .filter(kind -> !INDIRECT.contains(kind) && isFinding(kind, column))
        .findFirst();
  }

  private static boolean letsOut(MappingRule rule) {
    boolean ofText = rule.output().type().filter(type -> type.value().type().isBytes()).isPresent();
    return rule.isReleased()
        && (rule.has(Effect.TrueValue.class) || (rule.has(Effect.TruePart.class) && ofText));
  }

  private static String how(MappingRule rule) {
    return rule.has(Effect.TrueValue.class) ? "as it is" : "in part";
  }

  /** A column that the mapping takes for dates is judged by the rules for dates. */
  private static boolean isKnownDate(MappingRule rule, ContentKind kind) {
    boolean date = kind == ContentKind.DATE || kind == ContentKind.BIRTH_DATE;
    boolean known = rule.kind() == ColumnKind.DATE || rule.kind() == ColumnKind.BIRTH;
    return date && (known || rule.givesDays());
  }

  /** Whether enough values have content of a kind to be no chance. */
  static boolean isFinding(ContentKind kind, ColumnSummary column) {
    long found = found(kind, column);
    return switch (kind) {
      case NAME -> isShare(found, column) && isNoList(kind, found, column);
      case FREE_TEXT ->
          isShare(found, column)
              && isNoList(kind, found, column)
              && column.distinct().count() >= LEAST_DIFFERENT * column.values();
      default -> found > 0;
    };
  }

  private static boolean isShare(long found, ColumnSummary column) {
    return found > 0 && found >= LEAST_SHARE * column.values();
  }

  private static boolean isNoList(ContentKind kind, long found, ColumnSummary column) {
    return column.hits(kind).distinct() >= Math.min(found, ColumnSummary.FEWEST_OF_NO_LIST);
  }

  /** Codes of procedures have five digits as ZIP codes have, so a ZIP code has to be certain. */
  private static long found(ContentKind kind, ColumnSummary column) {
    return kind == ContentKind.ZIP_CODE ? column.hits(kind).certain() : column.found(kind);
  }

  private static String share(ContentKind kind, ColumnSummary column) {
    return Masked.share(found(kind, column), column.values());
  }

  private static String citation(ContentKind kind) {
    String rule = "45 CFR 164.514(b)(2)(i)";
    return kind.letter().isEmpty() ? rule : rule + "(" + kind.letter() + ")";
  }
}
