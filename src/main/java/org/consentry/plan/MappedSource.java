package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consentry.config.Mapping;
import org.consentry.connector.SourceTable;
import org.consentry.policy.ContentCheck;
import org.consentry.policy.Policies;
import org.consentry.policy.Policy;
import org.consentry.policy.PolicyInput;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.profile.SourceContents;

/**
 * The tables that a job reads, and what its mapping makes of them: what a profile reads and is
 * compared with. Immutable.
 */
public final class MappedSource {

  private final List<SourceTable> tables;
  private final Policy policy;
  private final PolicyInput input;
  private final Policies policies;
  private final LocalDate today;
  private final double tolerated;
  private final SourceFormats formats;

  private MappedSource(
      SourceHeads heads,
      Policy policy,
      PolicyInput input,
      Policies policies,
      LocalDate today,
      double tolerated) {
    this.tables = List.copyOf(heads.opened());
    this.formats = heads.formats();
    this.policy = policy;
    this.input = input;
    this.policies = policies;
    this.today = today;
    this.tolerated = tolerated;
  }

  /**
   * Puts tables and mapping together.
   *
   * <p><b>Security promise:</b> the first line of a file without a header is a patient. A source
   * with such a table is none, so that no word of it is shown as the name of a column.
   *
   * @param tolerated the share of the rows of a table that a run may reject
   * @return empty when a table could not be opened or has no header
   */
  static Optional<MappedSource> of(
      SourceHeads heads,
      Policy policy,
      PolicyInput input,
      Policies policies,
      LocalDate today,
      double tolerated) {
    boolean headed =
        heads.opened().stream().allMatch(head -> HeadCheck.isHeader(input.mapping(), head));
    return heads.lacksSome() || !headed
        ? Optional.empty()
        : Optional.of(new MappedSource(heads, policy, input, policies, today, tolerated));
  }

  /** Every table that the job reads, with all its columns. */
  public List<SourceTable> tables() {
    return tables;
  }

  /** The mapping of the job. */
  public Mapping mapping() {
    return input.mapping();
  }

  /** The share of the rows of a table that a run may reject. */
  public double tolerated() {
    return tolerated;
  }

  /**
   * Compares what the tables contain with the mapping: first the names of columns, then values.
   *
   * @return errors and warnings; warnings that a person answered are not among them
   */
  public List<Problem> compare(SourceContents contents) {
    Problems heads = new Problems();
    HeadCheck check = new HeadCheck(input.mapping(), heads);
    for (SourceTable table : tables) {
      check.check(Objects.requireNonNull(input.mapping().tables().get(table.name())), table);
    }
    List<Problem> problems = new ArrayList<>(heads.list());
    problems.addAll(DeclaredColumns.check(input, contents, formats, tolerated));
    problems.addAll(ContentCheck.check(policy, input, contents, policies, today).problems());
    return problems;
  }
}
