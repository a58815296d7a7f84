package org.consentry.export.decide;

import java.util.function.IntPredicate;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;

/** Gives the deciding pass what depends on secrets: codes and shifts of subjects. */
public interface SubjectKeysOfRun {

  /**
   * Random codes from the vault; new ones are drawn and committed before this returns.
   *
   * @param form how they are written
   * @param selected whose code is wanted
   */
  BytesColumn random(String domain, CodeForm form, SubjectKeys subjects, IntPredicate selected);

  /** The study's function for pseudonyms of a domain. */
  Prf keyed(String domain);

  /** The run's one-time function for pseudonyms of a domain. */
  Prf oneTime(String domain);

  /** The study's function for date shifts. */
  Prf dateShifts();
}
