package org.consentry.export;

import java.util.List;

/**
 * One run, from deciding to publishing, as the calls an engine makes in this order: {@link
 * #decide}; for each level from 0, every piece of {@link #splits} in any order and on any threads,
 * then {@link #endLevel}; every piece of {@link #parts} likewise; {@link #seal}; {@link #publish}.
 * After a stop or a kill the calls begin again from the first: what is done already is recognised
 * and not done twice.
 *
 * <p>Every method throws {@link org.consentry.problem.ProblemException} and nothing else on
 * purpose.
 */
public interface ExportSteps {

  /** Decides consent, cohort and codes for every subject. */
  void decide(Parallel parallel);

  /** How many levels of tables there are; a table stands above every table it refers to. */
  int levels();

  /** The splits of a level's tables. */
  List<Partition> splits(int level);

  /** Ends a level: its released rows become known to the levels above. */
  void endLevel(int level);

  /** The parts that the rows of all tables make, once every level ended. */
  List<Partition> parts();

  /** Checks what the job names, and completes and signs the staged release. */
  void seal();

  /** How a run that was sealed went on. */
  enum Publication {
    PUBLISHED,
    /** It waits in staging for approvals; see {@link ApprovedRelease}. */
    STAGED
  }

  /** Decides consent again and publishes, or leaves the release staged where approvals are owed. */
  Publication publish();
}
