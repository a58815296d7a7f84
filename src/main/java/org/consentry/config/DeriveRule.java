package org.consentry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.ForReaders;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.OutputRule.Acknowledgement;
import org.consentry.config.OutputRule.ReleasedType;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.OnInvalid;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * Columns made of several columns of the row and of what is known of the subject.
 *
 * @param place where the rule is
 * @param operator what makes them
 * @param from what they are made of, by the operator's names: source columns of the table, or
 *     {@code subject.} and what {@code subjects:} has of a person
 * @param onInvalid what happens when an input has a value the operator cannot take; absent means
 *     stop
 * @param release the released columns, at least one
 * @param settings the operator's own keys, bound with the operator's record
 */
@Doc("Columns made of several columns of the row and of what is known of the subject")
public record DeriveRule(
    Place place,
    @Doc("what makes them") @Key("do") WithPlace<String> operator,
    @Doc("what they are made of: a column of the table, subject.birthDate or subject.deathDate")
        Map<String, @OneOrMany List<WithPlace<String>>> from,
    @Doc("what happens to a value the operator cannot take; by default the run stops")
        Optional<OnInvalid> onInvalid,
    @Doc("the released columns") @OneOrMany List<DerivedColumn> release,
    @RemainingKeys Node.Mapping settings) {

  /** Before what is known of the subject, among the words under {@code from:}. */
  public static final String SUBJECT = "subject.";

  /** The keys every such rule may have, beside the operator's own. */
  public static List<String> commonKeys() {
    return Binder.keys(DeriveRule.class);
  }

  /** Everything named under {@code from:}, in the order of the file. */
  public List<WithPlace<String>> inputs() {
    return from.values().stream().flatMap(List::stream).toList();
  }

  /** Whether a word under {@code from:} names what is known of the subject. */
  public static boolean isOfSubject(String word) {
    return word.startsWith(SUBJECT);
  }

  /** The released columns, each as a rule that makes one column of another. */
  public List<OutputRule> outputs() {
    return release.stream().map(column -> column.output(this)).toList();
  }

  /**
   * One column a {@link DeriveRule} releases.
   *
   * @param of which of the operator's outputs; may be absent when it has only one
   * @param as the released name
   * @param role why the column matters
   * @param type what its values are
   * @param maxLength how many characters a code has at most; absent means the usual limit
   * @param why why the study needs it
   * @param label plain words for the recipient
   * @param unit unit of its values
   * @param category consent category of its own, beside those of its inputs, which always apply
   * @param acknowledge warnings of the policy check that a person answered
   */
  @Doc("One column made of several")
  public record DerivedColumn(
      Place place,
      @Doc("which of the operator's outputs; not needed when it has only one")
          Optional<WithPlace<String>> of,
      @Doc("the released name") WithPlace<String> as,
      @Doc("why the column matters for disclosure") WithPlace<Role> role,
      @Doc("what its values are") WithPlace<ReleasedType> type,
      @Doc(
              "how many characters a code has at most, 1 to 1000; by default 64, with at most 3"
                  + " blanks; more needs a why, and then blanks are not limited")
          Optional<WithPlace<Integer>> maxLength,
      @Doc("why the study needs it") @ForReaders Optional<WithPlace<String>> why,
      @Doc("plain words for the recipient") @ForReaders Optional<String> label,
      @Doc("unit of its values") Optional<String> unit,
      @Doc("consent category of its own, beside those of its inputs")
          Optional<WithPlace<RecordCategory>> category,
      @Doc("warnings of the policy check that a person answered") @ForReaders @MayBeEmpty @OneOrMany
          List<Acknowledgement> acknowledge) {

    public DerivedColumn {
      acknowledge = List.copyOf(acknowledge);
    }

    /** The same as a rule that makes one column of another. */
    public OutputRule output(DeriveRule rule) {
      return new OutputRule(
          place,
          role,
          rule.operator(),
          Optional.of(as),
          Optional.of(type),
          maxLength,
          rule.onInvalid(),
          why,
          label,
          unit,
          category,
          acknowledge,
          CellWords.NONE,
          rule.settings());
    }
  }
}
