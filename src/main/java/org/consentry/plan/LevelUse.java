package org.consentry.plan;

/** Which levels of a job's plan file a plan is made with. */
public enum LevelUse {
  /** Those that a person approved; a run needs them. */
  APPROVED,
  /** Those of the file, approved or not, to look at what they give; none when there is no file. */
  ANY,
  /** None: every column is as the mapping has it. */
  AS_MAPPED
}
