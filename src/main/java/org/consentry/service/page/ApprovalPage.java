package org.consentry.service.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Problem;
import org.consentry.release.ManifestView;

/**
 * What an approver approves, and how it is signed. Only a signature approves.
 *
 * @param card the run
 * @param facts what is released to whom
 * @param manifest the staged manifest; empty when it is not as it was staged
 * @param problems what is wrong
 * @param release name of the release
 * @param namespace what the signature is for
 */
public record ApprovalPage(
    RunCard card,
    List<Map.Entry<String, String>> facts,
    Optional<ManifestView> manifest,
    List<Problem> problems,
    String release,
    String namespace)
    implements PageModel {

  public ApprovalPage {
    facts = List.copyOf(facts);
    problems = List.copyOf(problems);
  }

  /** The name under which the bytes to sign are downloaded. */
  String file() {
    return card.run() + ".json";
  }

  /** What the approver types where the file was saved. */
  List<String> commands() {
    return List.of(
        "sha256sum " + file(), "ssh-keygen -Y sign -n " + namespace + " -f KEY " + file());
  }

  @Override
  public String template() {
    return "approval.jte";
  }
}
