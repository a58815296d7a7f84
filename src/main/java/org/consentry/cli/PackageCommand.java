package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.consentry.export.ClinicZone;
import org.consentry.export.PageFile;
import org.consentry.export.RestrictionMemory;
import org.consentry.export.StateSession;
import org.consentry.followup.HandOver;
import org.consentry.followup.RecallRun;
import org.consentry.followup.Register;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.ReleaseCheck;
import org.consentry.keys.BackupPublicKey;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.ReleasePackage;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.Verification;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Encrypts a release for its hand-over. */
@Command(
    name = "package",
    description = {
      "Makes one encrypted file of a release, for its recipient.",
      "The release is verified first, and consent is asked again.",
      "What consent no longer covers is not handed over.",
      "The file is one of age, and what it contains is a zip file."
    },
    mixinStandardHelpOptions = true)
final class PackageCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();

  @Parameters(
      paramLabel = "RELEASE",
      description = "The release, as JOB/RELEASE or the run that made it.")
  private String name = "";

  @Option(
      names = "--to",
      paramLabel = "KEY",
      required = true,
      description = "The recipient's public key of age, age1...; may be repeated.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to make; default: JOB-RELEASE.zip.age in this folder.")
  private @Nullable Path output;

  @Option(
      names = "--job",
      paramLabel = "FILE",
      description = "The job file, if it moved since the release was made.")
  private @Nullable Path job;

  @Override
  public Integer call() {
    List<BackupPublicKey> openers =
        keys.stream().map(key -> BackupPublicKey.ofRecipient(key, Place.of("--to"))).toList();
    StateFolder state = common.state();
    Console console = common.console();
    ZoneId zone = ClinicZone.ofInstallation(state);
    try (StateSession session = Sessions.ask(state, console)) {
      clock.accept(session);
      session.requireClock();
      LocalDate today = LocalDate.ofInstant(session.instant(), zone);
      Disclosed release = Register.of(state, session.ledger(), zone).named(name);
      Path file = output == null ? Path.of(release.name().replace('/', '-') + ".zip.age") : output;
      PageFile.requireNew(file);
      HandOver handOver = new HandOver(release, today);
      handOver.requireAuthority();
      requireVerified(handOver.folder(), state);
      handOver.requireConsent(
          new RecallRun(
              session.memberships(),
              new RestrictionMemory(state, session.ledger()),
              session.instant(),
              zone,
              Optional.ofNullable(job).stream().toList()));
      String words = openers.stream().map(BackupPublicKey::text).collect(Collectors.joining("\n"));
      String sha256 =
          new ReleasePackage(handOver.folder(), release.fact(LedgerFact.SUMS_SHA256), openers)
              .write(
                  file,
                  digest ->
                      session
                          .ledger()
                          .append(
                              session.instant(),
                              LedgerEvent.packaged(
                                  release.entry(), session.operator(), digest, words)));
      show(console, release, file, sha256);
    }
    return 0;
  }

  private static void requireVerified(Path folder, StateFolder state) {
    Verification answer =
        ReleaseVerifier.verify(
            folder, ReleaseCheck.pinned(state.trustedSigners()), Catalogue.SHIPPED::content);
    if (!answer.errors().isEmpty()) {
      throw new ProblemException(Category.VERIFY, answer.errors());
    }
  }

  private static void show(Console console, Disclosed release, Path file, String sha256) {
    String recipient = release.fact(LedgerFact.RECIPIENT);
    console.line("package " + file + " of " + release.name() + " for " + recipient);
    console.line("sha256 " + sha256);
    console.line(
        "next      send it; the recipient opens it by   age -d -i KEYFILE -o release.zip "
            + file.getFileName());
    console.line(
        "          then   consentry confirm "
            + release.name()
            + " received --document FILE   when the receipt is here");
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("release", release.name());
    fields.put("recipient", recipient);
    fields.put("file", file.toString());
    fields.put("sha256", sha256);
    console.result("package", fields);
  }
}
