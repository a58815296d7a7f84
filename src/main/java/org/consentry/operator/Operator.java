package org.consentry.operator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.OperatorNote;
import org.consentry.data.ValueList;

/**
 * An operator bound to one rule of a mapping: checked, immutable, without any key. It makes one or
 * more released columns of one or more inputs. Opened once per run.
 */
public interface Operator {

  /** The word after {@code do:}. */
  String name();

  /**
   * What the codebook and manifest report about each released column, in the order of {@link
   * RuleContext#outputs()}.
   */
  List<OperatorNote> notes();

  /**
   * What the released values depend on beside the inputs. Consent must cover the columns that
   * contain it as well.
   */
  default Set<SubjectAttribute> subjectAttributes() {
    return Set.of();
  }

  /** The list by which it replaces values; empty when it uses none. */
  default Optional<ValueList> listing() {
    return Optional.empty();
  }

  /** Which dates of the first input are too near an end of the records to be released. */
  default Optional<TruncatedSpan> span() {
    return Optional.empty();
  }

  /** Which rows it leaves out as a whole; empty when it leaves none out. */
  default Optional<RowTest> rowTest() {
    return Optional.empty();
  }

  /**
   * Ever coarser forms of its one released column, from fine to coarse, without its own; empty when
   * it declares none. A risk plan picks one of them.
   */
  default List<Level> levels() {
    return List.of();
  }

  /** Whether every released cell is empty, whatever the inputs are. */
  default boolean releasesNothing() {
    return false;
  }

  /**
   * Which released columns have only a few words of the operator's own, without blanks and never of
   * a cell, so that the words are counted: positions in {@link RuleContext#outputs()}. Their type
   * is code or text.
   */
  default Set<Integer> counted() {
    return Set.of();
  }

  /** Makes the transformer of a run; its inputs are {@link RuleContext#reads()}, in that order. */
  Transformer open(OperatorKeys keys);
}
