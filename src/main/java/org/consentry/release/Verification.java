package org.consentry.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/**
 * What a verification found.
 *
 * @param findings errors and warnings; none when all is well and the signer is trusted
 * @param assurance how far the release can be relied on
 * @param signer fingerprint of the key that signed it; empty without a valid signature
 * @param principal whom the trusted signers name for that key
 * @param files number of files whose digest was compared
 * @param bytes their size
 * @param encrypted how many of them are encrypted to the recipient, so that no rows were counted
 * @param chain which release it follows and whether that was seen; one sentence without a stop
 * @param scan what the signed manifest states of the scan of the finished files, in a few words
 * @param approved who approved it and when; empty when its manifest asks for no approval
 * @param commands the same checks with stock tools, to be run inside the folder
 */
public record Verification(
    List<Problem> findings,
    Assurance assurance,
    Optional<String> signer,
    Optional<String> principal,
    int files,
    long bytes,
    int encrypted,
    String chain,
    String scan,
    List<Approved> approved,
    List<String> commands) {

  /** How far a release can be relied on. */
  public enum Assurance {
    /** Nothing was changed since a trusted signer signed it. */
    TRUSTED("verified: nothing was changed since a trusted signer signed it"),
    /** Nothing was changed since an unknown signer signed it. */
    INTEGRITY_ONLY("integrity only, signer not trusted"),
    /** It is not what was signed, or not signed. */
    BROKEN("not verified");

    private final String words;

    Assurance(String words) {
      this.words = words;
    }

    /** Plain words. */
    public String words() {
      return words;
    }
  }

  public Verification {
    findings = List.copyOf(findings);
    approved = List.copyOf(approved);
    commands = List.copyOf(commands);
  }

  /** The same with more findings; an error among them means that it is not verified. */
  public Verification with(List<Problem> more) {
    List<Problem> all = Stream.concat(findings.stream(), more.stream()).toList();
    boolean broken = all.stream().anyMatch(one -> one.severity() == Severity.ERROR);
    return new Verification(
        all,
        broken ? Assurance.BROKEN : assurance,
        signer,
        principal,
        files,
        bytes,
        encrypted,
        chain,
        scan,
        approved,
        commands);
  }

  /** The errors among the findings; a release with any is not to be used. */
  public List<Problem> errors() {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }
}
