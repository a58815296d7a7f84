package org.consentry.export;

import java.util.Optional;

/**
 * What an operator accepts that a run would refuse, each with a reason.
 *
 * @param missing why restrictions are missing which earlier runs read; empty when that is not
 *     accepted
 * @param breaking why the release has changes that may break programs, for the recipient to read;
 *     empty when that is not accepted
 */
public record Accepted(Optional<String> missing, Optional<String> breaking) {

  /** Nothing is accepted. */
  public static final Accepted NOTHING = new Accepted(Optional.empty(), Optional.empty());
}
