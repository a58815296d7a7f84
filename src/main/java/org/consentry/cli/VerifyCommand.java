package org.consentry.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.followup.Moments;
import org.consentry.followup.ReleaseCheck;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.release.Approved;
import org.consentry.release.Verification;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a release, offline. */
@Command(
    name = "verify",
    description = {
      "Checks a release offline: signatures, digests and files.",
      "Columns, types and numbers of rows are compared with the manifest.",
      "The release before it is checked too where that is found.",
      "Trust comes from --signers, --fingerprint or the pinned signers.",
      "With only the folder's own signers, just integrity is checked."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  /** So many findings are shown to people, so that all fits on one screen. */
  private static final int SCREEN = 12;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TrustOption trusted = new TrustOption();

  @Parameters(paramLabel = "DIR", description = "The release folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--previous",
      paramLabel = "DIR",
      description = "The release before it; default: a folder beside this one.")
  private @Nullable Path previous;

  @Override
  public Integer call() {
    Console console = common.console();
    StateFolder state = common.anyState();
    Verification answer =
        ReleaseCheck.of(
            folder,
            Optional.ofNullable(previous),
            trusted.orPinned(state),
            state,
            trusted.isGiven() ? ReleaseCheck.Origin.ANY : ReleaseCheck.Origin.OWN);
    answer.findings().stream().limit(SCREEN).forEach(each -> console.remark(each.toString()));
    int more = answer.findings().size() - SCREEN;
    if (more > 0) {
      console.remark("and " + CountWords.of(more, "more finding") + "; --json lists them all");
    }
    console.line(answer.assurance().words());
    console.line(
        CountWords.of(answer.files(), "file") + ", " + CountWords.of(answer.bytes(), "byte"));
    if (answer.encrypted() > 0) {
      console.line(
          "rows and columns were not checked in "
              + CountWords.of(answer.encrypted(), "file")
              + ", encrypted to the recipient");
    }
    answer.signer().ifPresent(signer -> console.line("signed by " + signer));
    answer.approved().forEach(one -> console.line(words(one, Moments.of(state))));
    console.line("chain: " + answer.chain());
    console.line("scan: " + answer.scan());
    console.line("the same without Consentry:");
    answer.commands().forEach(command -> console.line("  " + command));
    console.result("verification", object(answer));
    return answer.errors().isEmpty() ? 0 : Category.VERIFY.exitCode();
  }

  private static String words(Approved one, Moments moments) {
    return "approved by " + one.approver() + " (" + one.key() + ") on " + moments.words(one.at());
  }

  private static Map<String, ?> object(Verification answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("assurance", answer.assurance().name());
    fields.put("signer", answer.signer());
    fields.put("files", answer.files());
    fields.put("bytes", answer.bytes());
    fields.put("encryptedFiles", answer.encrypted());
    fields.put("approved", answer.approved().stream().map(VerifyCommand::object).toList());
    fields.put("chain", answer.chain());
    fields.put("scan", answer.scan());
    fields.put("findings", answer.findings().stream().map(Console::fields).toList());
    fields.put("commands", answer.commands());
    return fields;
  }

  private static Map<String, String> object(Approved one) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("approver", one.approver());
    fields.put("key", one.key());
    fields.put("at", Moments.iso(one.at().toString()));
    return fields;
  }
}
