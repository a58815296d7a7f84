package org.consentry.config;

/**
 * Approval by others than who asks and who runs: the run stops when its release is sealed, and goes
 * on when enough of the approvers this installation pins have signed the manifest.
 *
 * @param required how many approvers must sign, 1 to 9
 */
@Doc("Approval by others than who asks and who runs; who may approve is pinned by the installation")
public record Approval(@Doc("how many approvers must sign, 1 to 9") int required) {

  public Approval {
    if (required < 1 || required > 9) {
      throw new IllegalArgumentException("required must be 1 to 9 but was " + required);
    }
  }
}
