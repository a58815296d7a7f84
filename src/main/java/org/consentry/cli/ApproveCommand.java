package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.consentry.export.Accepted;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.Approvals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves a staged run. */
@Command(
    name = "approve",
    description = {
      "Approves a staged run by a signature over its manifest.",
      "The key must be in the file approvers of the state folder.",
      "The command review copies what to read and to sign."
    },
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {

  private static final int MAX_BYTES = 16 << 10;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();
  @Mixin private RunParameter run = new RunParameter();

  @ArgGroup(multiplicity = "1")
  private Signing signing = new Signing();

  /** How it is signed. */
  static final class Signing {
    @Option(
        names = "--key",
        paramLabel = "file:PATH",
        description = "Signs with this OpenSSH key: file:, env: or exec:, as in a job.")
    private @Nullable String key;

    @Option(
        names = "--signature",
        paramLabel = "FILE",
        description = "A signature made with ssh-keygen -Y sign -n consentry-approval.")
    private @Nullable Path file;
  }

  @Override
  public Integer call() {
    StateFolder state = common.state();
    run.findStaged(state);
    Function<byte[], SshSignature> signature = signature();
    Console console = common.console();
    try (RunWork work =
        RunWork.open(Sessions.environment(state, console), console, 1, Accepted.NOTHING)) {
      clock.accept(work.session());
      Approvals.Status approvals =
          work.runs().approve(run.findStaged(state), signature).approvals().orElseThrow();
      show(console, approvals);
    }
    return 0;
  }

  private void show(Console console, Approvals.Status approvals) {
    console.line(approvals.words());
    if (approvals.isEnough()) {
      console.line("consentry publish " + run.id() + " publishes it");
    }
    console.result(
        "approvals",
        Map.of(
            "run",
            run.id(),
            "approvals",
            approvals.given().size(),
            "required",
            approvals.required()));
  }

  private Function<byte[], SshSignature> signature() {
    if (signing.file != null) {
      SshSignature made = read(signing.file);
      return manifest -> made;
    }
    Problems problems = new Problems();
    String text = signing.key == null ? "" : signing.key;
    KeyReference reference =
        KeyReference.parse(text, Path.of(""), Place.of("--key"), problems)
            .orElseThrow(() -> new ProblemException(Category.USAGE, problems.list()));
    SigningKey key = read(reference);
    return manifest -> SshSignature.sign(key, SshSignature.APPROVAL, manifest);
  }

  /** A key that this program cannot use is no mistake of an approver's: it signs elsewhere. */
  private SigningKey read(KeyReference reference) {
    try {
      return SigningKey.read(reference);
    } catch (ProblemException unusable) {
      String code = unusable.problems().get(0).code();
      if (!code.equals("KEY_LOCKED") && !code.equals("KEY_FORMAT")) {
        throw unusable;
      }
      throw ProblemException.of(
          Category.KEY,
          code,
          unusable.problems().get(0).place(),
          unusable.problems().get(0).message(),
          "run consentry review "
              + run.id()
              + " --to DIR, sign there with ssh-keygen -Y sign -n "
              + SshSignature.APPROVAL
              + " -f KEY statement.json, which asks for the passphrase, or after ssh-add KEY with"
              + " -f KEY.pub, by the agent; then run consentry approve "
              + run.id()
              + " --signature DIR/statement.json.sig");
    }
  }

  private static SshSignature read(Path file) {
    try {
      if (Files.size(file) <= MAX_BYTES) {
        return SshSignature.parse(Files.readAllBytes(file)).orElseThrow(() -> unusable(file));
      }
    } catch (IOException unreadable) {
      throw unusable(file);
    }
    throw unusable(file);
  }

  private static ProblemException unusable(Path file) {
    return ProblemException.of(
        Category.AUTHORITY,
        "APPROVAL_SIGNATURE",
        Place.of(file),
        "expected one OpenSSH signature",
        "make it with ssh-keygen -Y sign, as consentry review and consentry status show");
  }
}
