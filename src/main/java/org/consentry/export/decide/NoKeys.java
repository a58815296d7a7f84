package org.consentry.export.decide;

import java.util.function.IntPredicate;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;

/** The keys of a plan that asks for no code and no shift. */
public final class NoKeys implements SubjectKeysOfRun {

  @Override
  public BytesColumn random(
      String domain, CodeForm form, SubjectKeys subjects, IntPredicate selected) {
    throw noKey();
  }

  @Override
  public Prf keyed(String domain) {
    throw noKey();
  }

  @Override
  public Prf oneTime(String domain) {
    throw noKey();
  }

  @Override
  public Prf dateShifts() {
    throw noKey();
  }

  private static IllegalStateException noKey() {
    return new IllegalStateException("no key is open");
  }
}
