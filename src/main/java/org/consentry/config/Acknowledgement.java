package org.consentry.config;

import java.time.LocalDate;
import org.consentry.problem.Place;

/**
 * A person's answer to a warning of the policy check: looked at, and stands for a reason until a
 * day.
 *
 * @param place where it stands
 * @param code code of the warning
 * @param reason why it may stand
 * @param until the last day on which it holds
 */
@Doc("A person's answer to a warning of the policy check")
public record Acknowledgement(
    Place place,
    @Doc("code of the warning, such as SH_TEXT_KEPT") WithPlace<String> code,
    @Doc("why it may stand") String reason,
    @Doc("the last day on which it holds; then somebody looks again") WithPlace<LocalDate> until) {

  public Acknowledgement {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason must say why the warning may stand");
    }
  }
}
