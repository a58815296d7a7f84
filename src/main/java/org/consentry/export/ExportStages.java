package org.consentry.export;

/**
 * The stages of one run. Each is a function of the result of the one before, and an engine hands
 * that result on without looking into it. After a stop or a kill the calls begin again from the
 * first: markers in staging show what is done already, and it is not done twice.
 *
 * <p>Every method throws {@link org.consentry.problem.ProblemException} and nothing else on
 * purpose.
 *
 * @param <D> consent, cohort and codes of every subject
 * @param <E> the released rows of every table, not sorted yet
 * @param <P> the part files of every table
 * @param <S> the complete and signed release in staging
 */
public interface ExportStages<D, E, P, S> {

  /**
   * Reads what deciding needs, on any thread while the engine starts; not every engine calls it.
   * Throws nothing: {@link #decide} meets the same failure.
   */
  default void readAhead() {}

  /** Decides consent, cohort and codes for every subject. */
  D decide(Workers workers);

  /** Extracts the released rows of every split. */
  E extract(D decisions, Workers workers);

  /** Sorts the rows of every table by what they release, and writes the part files. */
  P sort(E extraction, Workers workers);

  /** Checks what the job names, and completes and signs the staged release. */
  S seal(P tables, Workers workers);

  /** Decides consent again and publishes, or leaves the release staged until it is approved. */
  Publication publish(S release);
}
