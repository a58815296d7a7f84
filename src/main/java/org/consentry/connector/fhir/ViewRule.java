package org.consentry.connector.fhir;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.RemainingKeys;
import org.consentry.config.Doc;
import org.consentry.config.Node;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/**
 * A ViewDefinition of SQL on FHIR as it is written. What describes a definition for people is in
 * {@code rest}.
 */
record ViewRule(
    @Doc("the name of the table") Optional<WithPlace<String>> name,
    @Doc("the type of resource, such as Patient") WithPlace<String> resource,
    @Doc("the columns and how rows are made") List<SelectRule> select,
    @Doc("what a resource must be true for") @MayBeEmpty List<WhereRule> where,
    @Doc("values that paths may name") @MayBeEmpty List<ConstantRule> constant,
    @RemainingKeys Node.Mapping rest) {

  /** Part of a view. */
  record SelectRule(
      Place place,
      @Doc("columns") @MayBeEmpty List<ColumnRule> column,
      @Doc("parts whose rows are combined") @MayBeEmpty List<SelectRule> select,
      @Doc("makes a row for each of these elements") Optional<WithPlace<String>> forEach,
      @Doc("the same; without any a row with empty cells")
          Optional<WithPlace<String>> forEachOrNull,
      @Doc("makes a row for each of these elements, at all depths") @MayBeEmpty
          List<WithPlace<String>> repeat,
      @Doc("parts whose rows follow each other") @MayBeEmpty List<SelectRule> unionAll,
      @RemainingKeys Node.Mapping rest) {}

  /** A column. */
  record ColumnRule(
      @Doc("its name") WithPlace<String> name,
      @Doc("FHIRPath of its value") WithPlace<String> path,
      @Doc("whether it may have many values") @Default("false") Collection collection,
      @RemainingKeys Node.Mapping rest) {}

  /** Whether a column may have many values in a row. */
  enum Collection {
    TRUE,
    FALSE
  }

  /** A criterion. */
  record WhereRule(
      @Doc("FHIRPath that is true for the resources of the view") WithPlace<String> path,
      @RemainingKeys Node.Mapping rest) {}

  /** A value with a name. */
  record ConstantRule(
      @Doc("its name") WithPlace<String> name, Place place, @RemainingKeys Node.Mapping value) {}
}
