package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.ForReaders;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.data.CodeLimits;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RecordCategory;
import org.consentry.problem.Place;

/**
 * What one released column is made of, or that the source column ends here.
 *
 * @param role why the source column matters
 * @param operator what happens to it
 * @param as the released name; absent means the source column's
 * @param type what its values are; absent only when nothing is released
 * @param maxLength how many characters a code has at most; absent means the usual limit
 * @param onInvalid what happens to a value the operator cannot take; absent means stop
 * @param why why the study needs it
 * @param label plain words for the recipient
 * @param unit unit of its values
 * @param category consent category of its own; absent means the table's
 * @param acknowledge warnings of the policy check that a person answered
 * @param cells how the source writes the cells of the column
 * @param settings the operator's own keys, bound with the operator's record
 */
@Doc("What one released column is made of, or that the source column ends here")
public record OutputRule(
    Place place,
    @Doc("why the source column matters for disclosure") WithPlace<Role> role,
    @Doc("what happens to it") @Key("do") WithPlace<String> operator,
    @Doc("the released name; by default the source column's") Optional<WithPlace<String>> as,
    @Doc("what its values are") Optional<WithPlace<ReleasedType>> type,
    @Doc(
            "how many characters a code has at most, 1 to 1000; by default 64, with at most 3"
                + " blanks; more needs a why, and then blanks are not limited")
        Optional<WithPlace<Integer>> maxLength,
    @Doc(
            "what happens to a value that the operator cannot take or that is no code;"
                + " by default the run stops")
        Optional<OnInvalid> onInvalid,
    @Doc("why the study needs it") @ForReaders Optional<WithPlace<String>> why,
    @Doc("plain words for the recipient") @ForReaders Optional<String> label,
    @Doc("unit of its values") Optional<String> unit,
    @Doc("consent category of its own; by default the table's")
        Optional<WithPlace<RecordCategory>> category,
    @Doc("warnings of the policy check that a person answered") @ForReaders @MayBeEmpty @OneOrMany
        List<Acknowledgement> acknowledge,
    @Among CellWords cells,
    @RemainingKeys Node.Mapping settings) {

  public OutputRule {
    acknowledge = List.copyOf(acknowledge);
  }

  /** The word for a source column that ends here. */
  public static final String DROP = "drop";

  /** The keys every rule may have, beside the operator's own. */
  public static List<String> commonKeys() {
    return Binder.keys(OutputRule.class);
  }

  /** What the release shows as it was written. */
  public PlannedColumn.Texts texts() {
    return new PlannedColumn.Texts(why.map(WithPlace::value).orElse(""), unit.orElse(""));
  }

  /** What every value is; empty where the values are no codes. */
  public Optional<CodeLimits> limits() {
    return type.filter(declared -> declared.value().type().kind() == FieldType.Kind.CODE)
        .map(code -> maxLength.map(n -> new CodeLimits(n.value())).orElse(CodeLimits.USUAL));
  }

  /** Whether something is released. */
  public boolean isReleased() {
    return !operator.value().equals(DROP);
  }

  /**
   * A person's answer to a warning of the policy check: it is accepted for a reason until a day.
   *
   * @param place where it is
   * @param code code of the warning
   * @param reason why it is accepted
   * @param until the last day on which it is valid
   */
  @Doc("A person's answer to a warning of the policy check")
  public record Acknowledgement(
      Place place,
      @Doc("code of the warning, such as SH_TEXT_KEPT") WithPlace<String> code,
      @Doc("why it is accepted") String reason,
      @Doc("the last day on which it is valid; then the warning is reported again")
          WithPlace<LocalDate> until) {

    public Acknowledgement {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("reason must state why the warning is accepted");
      }
    }
  }

  /** Why a column matters for disclosure. */
  public enum Role {
    @Doc("names the person: name, SSN, MRN, contact, full-face photo")
    DIRECT_IDENTIFIER,
    @Doc("points to the person together with others: dates, places, sex, occupation")
    QUASI_IDENTIFIER,
    @Doc("what the person would not want known")
    SENSITIVE,
    @Doc("joins rows")
    LINKAGE_KEY,
    @Doc("written by people; may contain anything")
    FREE_TEXT,
    @Doc("none of the others")
    NON_SENSITIVE
  }

  /**
   * The word after {@code type:}.
   *
   * @param type its type
   */
  @Doc(
      value = "text, code, integer, decimal(p,s) of at most 18 digits, date or timestamp",
      pattern = "text|code|integer|date|timestamp|decimal\\( ?\\d{1,2} ?, ?\\d{1,2} ?\\)")
  public record ReleasedType(FieldType type) {

    /** Reads the word. */
    public static Optional<ReleasedType> parse(String word) {
      return FieldType.parse(word).map(ReleasedType::new);
    }
  }
}
