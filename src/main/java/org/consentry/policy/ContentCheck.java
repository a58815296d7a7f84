package org.consentry.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.Effect;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ContentKind;
import org.consentry.profile.SourceContents;

/**
 * Compares what the values of a source contain with what a mapping releases of them. An operator
 * that lets the value itself or a part of it out also lets out what is in the value, whatever role
 * the mapping gives the column.
 */
public final class ContentCheck {

  /** Content that may be released: a time without its day, an age that is not over 89. */
  private static final Set<ContentKind> ALLOWED = EnumSet.of(ContentKind.TIME, ContentKind.AGE);

  /** Names of towns are family names as well; a column of persons has more of them. */
  private static final double NAMES_OF_TOWNS = 0.75;

  private static final String PREFIX = "CONTENT_";
  private static final String ROLE = PREFIX + "ROLE";
  private static final String UNIQUE = PREFIX + "UNIQUE";
  private static final String PERHAPS = PREFIX + "PERHAPS";

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
    List<String> words = new ArrayList<>(List.of(ROLE, UNIQUE, PERHAPS));
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
      released(rule, "is released " + how(rule), column);
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
          .ifPresent(column -> released(rule, "is made of column '" + from.column() + "'", column));
    }
  }

  private void released(MappingRule rule, String begin, ColumnSummary column) {
    for (ContentKind kind : ContentKind.values()) {
      if (ALLOWED.contains(kind) || isKnown(rule, kind, column)) {
        continue;
      }
      if (ContentEvidence.isEnough(kind, column)) {
        released(rule, PREFIX + kind.name(), begin, kind, column);
      } else if (ContentEvidence.isPerhaps(kind, column)) {
        released(rule, PERHAPS, begin, kind, column);
      }
    }
  }

  private void released(
      MappingRule rule, String word, String begin, ContentKind kind, ColumnSummary column) {
    findings.ofValues(
        rule,
        word,
        citation(kind),
        begin
            + ", and "
            + ContentEvidence.share(kind, column)
            + (word.equals(PERHAPS) ? " of its values may be " : " of its values contain ")
            + kind.plural(),
        "drop it, or use an operator that lets nothing of them out");
  }

  /** The first kind alone: one role has one remedy. */
  private void role(MappingRule rule, ColumnSummary column) {
    ContentEvidence.direct(column)
        .ifPresent(
            kind ->
                findings.ofValues(
                    rule,
                    ROLE,
                    citation(kind),
                    "is declared non-sensitive, and "
                        + ContentEvidence.share(kind, column)
                        + " of its values contain "
                        + kind.plural(),
                    "declare role: "
                        + (kind == ContentKind.FREE_TEXT ? "free-text" : "direct-identifier")));
  }

  private static boolean letsOut(MappingRule rule) {
    boolean ofText = rule.output().type().filter(type -> type.value().type().isBytes()).isPresent();
    return rule.isReleased()
        && (rule.has(Effect.TrueValue.class) || (rule.has(Effect.TruePart.class) && ofText));
  }

  private static String how(MappingRule rule) {
    return rule.has(Effect.TrueValue.class) ? "as it is" : "in part";
  }

  /** What the mapping takes for dates or places is judged by the rules for dates and places. */
  private static boolean isKnown(MappingRule rule, ContentKind kind, ColumnSummary column) {
    return switch (kind) {
      case DATE, BIRTH_DATE ->
          rule.kind() == ColumnKind.DATE || rule.kind() == ColumnKind.BIRTH || rule.givesDays();
      case ZIP_CODE -> rule.kind() == ColumnKind.ZIP;
      case NAME ->
          rule.kind() == ColumnKind.PROVIDER
              || ((rule.kind() == ColumnKind.TOWN || rule.kind() == ColumnKind.AREA)
                  && column.found(kind) < NAMES_OF_TOWNS * column.values());
      default -> false;
    };
  }

  private static String citation(ContentKind kind) {
    String rule = "45 CFR 164.514(b)(2)(i)";
    return kind.letter().isEmpty() ? rule : rule + "(" + kind.letter() + ")";
  }
}
