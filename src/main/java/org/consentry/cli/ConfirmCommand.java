package org.consentry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.StateSession;
import org.consentry.followup.HandOver;
import org.consentry.followup.Register;
import org.consentry.followup.Register.Disclosed;
import org.consentry.keys.SshPublicKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Notes in the ledger what a recipient confirmed of a release. */
@Command(
    name = "confirm",
    description = {
      "Notes in the ledger what a recipient confirmed of a release.",
      "It was received, or its data is destroyed.",
      "The word mistaken takes back what was noted by mistake.",
      "The ledger keeps the digest of the document; keep the document.",
      "A signature is made by ssh-keygen -Y sign -n consentry-receipt."
    },
    mixinStandardHelpOptions = true)
final class ConfirmCommand implements Callable<Integer> {

  private static final long LONGEST_DOCUMENT = 64L << 20;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ClockOption clock = new ClockOption();

  /** What a recipient confirms. */
  enum Confirmed {
    received(Kind.RECEIVED),
    destroyed(Kind.DESTROYED),
    mistaken(Kind.MISTAKEN);

    private final Kind kind;

    Confirmed(Kind kind) {
      this.kind = kind;
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "RELEASE",
      description = "The release, as JOB/RELEASE or the run that made it.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "WHAT", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Confirmed confirmed = Confirmed.received;

  @Option(
      names = "--document",
      paramLabel = "FILE",
      required = true,
      description = "What the recipient wrote, or why it was a mistake.")
  private Path document = Path.of("");

  @Option(
      names = "--on",
      paramLabel = "DATE",
      description = "The day on which it happened; default: today.")
  private @Nullable LocalDate on;

  @ArgGroup(exclusive = false)
  private @Nullable Signed signed;

  /** A signature of the document. */
  static final class Signed {
    @Option(
        names = "--signature",
        paramLabel = "FILE",
        required = true,
        description = "The recipient's signature of the document.")
    private Path signature = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "The recipient's public key, as OpenSSH writes it.")
    private Path key = Path.of("");
  }

  @Override
  public Integer call() {
    Console console = common.console();
    byte[] content = read(document);
    String key = signed == null ? "" : signer(content, signed).fingerprint();
    ZoneId zone = ClinicZone.ofInstallation(common.state());
    try (StateSession session = Sessions.ask(common.state(), console)) {
      clock.accept(session);
      session.requireClock();
      LocalDate today = LocalDate.ofInstant(session.instant(), zone);
      LocalDate day = on == null ? today : on;
      Disclosed release = Register.of(session.state(), session.ledger(), zone).named(name);
      LedgerEvent event =
          new HandOver(release, today)
              .confirmed(confirmed.kind, day, content, key, session.operator());
      session.ledger().append(session.instant(), event);
      String sha256 = event.facts().getOrDefault(LedgerFact.DOCUMENT_SHA256, "");
      console.line(
          confirmed == Confirmed.mistaken
              ? "noted: what was confirmed of " + release.name() + " was a mistake"
              : "noted: " + release.name() + " was " + confirmed + " on " + day);
      console.line("document sha256 " + sha256 + (key.isEmpty() ? "" : ", signed by " + key));
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("release", release.name());
      fields.put("confirmed", confirmed.name());
      fields.put("day", day.toString());
      fields.put("documentSha256", sha256);
      fields.put("signer", key);
      console.result("confirmation", fields);
    }
    return 0;
  }

  private static SshPublicKey signer(byte[] content, Signed signed) {
    SshPublicKey key =
        SshPublicKey.parse(new String(read(signed.key), StandardCharsets.UTF_8).strip())
            .orElseThrow(
                () -> usage("RECIPIENT_KEY", signed.key, "expected a public key of OpenSSH"));
    Optional<SshSignature> valid =
        SshSignature.parse(read(signed.signature))
            .filter(signature -> signature.signer().equals(key))
            .filter(signature -> signature.verifies(SshSignature.RECEIPT, content));
    if (valid.isEmpty()) {
      throw ProblemException.of(
          Category.VERIFY,
          "RECEIPT_SIGNATURE",
          Place.of(Place.name(signed.signature)),
          "it is no signature of this document by this key, or not for consentry-receipt",
          "ask the recipient for ssh-keygen -Y sign -n consentry-receipt -f KEY DOCUMENT");
    }
    return key;
  }

  private static byte[] read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_DOCUMENT) {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length > 0) {
          return bytes;
        }
      }
      throw usage("DOCUMENT", file, "expected a file of 1 byte to 64 MiB");
    } catch (IOException unreadable) {
      throw usage("DOCUMENT", file, "the file cannot be read");
    }
  }

  private static ProblemException usage(String code, Path file, String message) {
    return ProblemException.of(
        Category.USAGE, code, Place.of(Place.name(file)), message, "check the path");
  }
}
