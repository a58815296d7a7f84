package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.consentry.export.SignersFile;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.release.Approved;
import org.consentry.release.ReleaseApprovals;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.StoredManifest;
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
        ReleaseVerifier.verify(
                folder,
                Optional.ofNullable(previous),
                trusted.orPinned(state),
                Catalogue.SHIPPED::content)
            .with(own(state));
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
    console.object(object(answer));
    return answer.errors().isEmpty() ? 0 : Category.VERIFY.exitCode();
  }

  private static String words(Approved one, Moments moments) {
    return "approved by " + one.approver() + " (" + one.key() + ") on " + moments.words(one.at());
  }

  private static Map<String, ?> object(Verification answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("assurance", answer.assurance().name());
    fields.put("signer", answer.signer().orElse(""));
    fields.put("files", answer.files());
    fields.put("bytes", answer.bytes());
    fields.put("encrypted", answer.encrypted());
    fields.put("approved", answer.approved().stream().map(VerifyCommand::object).toList());
    fields.put("chain", answer.chain());
    fields.put("scan", answer.scan());
    fields.put("findings", answer.findings().stream().map(Problem::toString).toList());
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

  /**
   * What the installation's own state folder has against a release. Where a person names the
   * trusted signer the release may be another clinic's, so these are warnings then.
   */
  private List<Problem> own(StateFolder state) {
    List<Problem> problems = new ArrayList<>();
    boolean isOwn = !trusted.isGiven();
    try {
      if (Ledger.isThere(state)) {
        requireKnown(state, isOwn).ifPresent(problems::add);
        requirePins(state, isOwn).ifPresent(problems::add);
      }
      if (Ledger.isThere(state) || Files.exists(state.approvers())) {
        ReleaseApprovals.unpinned(folder, SignersFile.approvers(state)).stream()
            .map(name -> unpinned(state, name, isOwn))
            .forEach(problems::add);
      }
    } catch (ProblemException unreadable) {
      problems.addAll(unreadable.problems());
    }
    return problems;
  }

  private Optional<Problem> requireKnown(StateFolder state, boolean isOwn) {
    Optional<StoredManifest> manifest =
        StoredManifest.read(folder.resolve("manifest.json"), new Problems());
    if (manifest.isEmpty()) {
      return Optional.empty(); // Reported already: it is not what was signed.
    }
    Ledger ledger = Ledger.read(state);
    boolean isKnown =
        Stream.concat(ledger.releases(), ledger.unsettled().stream())
            .flatMap(entry -> entry.fact(LedgerFact.MANIFEST_SHA256).stream())
            .anyMatch(manifest.get().sha256()::equals);
    return isKnown
        ? Optional.empty()
        : Optional.of(
            problem(
                isOwn,
                "UNKNOWN_RELEASE",
                Place.of(folder),
                "the ledger of the state folder "
                    + Place.name(state.home())
                    + " does not know this release",
                "find out who made it; if another state folder did, name that one by --home"));
  }

  /** A state folder pins a signer at its first release, so without pins it lost them. */
  private static Optional<Problem> requirePins(StateFolder state, boolean isOwn) {
    boolean isLost =
        isOwn
            && !Files.exists(state.trustedSigners())
            && Ledger.read(state).releases().findAny().isPresent();
    return isLost
        ? Optional.of(
            Problem.error(
                "NO_SIGNER_PINNED",
                Place.of(state.trustedSigners()),
                "no signer is pinned, but this state folder has released, so whose signature counts"
                    + " is not known",
                "restore the file from its backup, or name the signer by --fingerprint or"
                    + " --signers"))
        : Optional.empty();
  }

  private static Problem unpinned(StateFolder state, String name, boolean isOwn) {
    return problem(
        isOwn,
        "APPROVER_UNKNOWN",
        Place.of(name),
        "the key of this approval is none of those pinned in " + Place.name(state.approvers()),
        "do not use the release before its approver is known");
  }

  private static Problem problem(
      boolean isOwn, String code, Place place, String message, String hint) {
    return isOwn
        ? Problem.error(code, place, message, hint)
        : Problem.warning(code, place, message, hint);
  }
}
