package org.consentry.export.seal;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.JobKind;
import org.consentry.config.Study;
import org.consentry.data.PartContent;
import org.consentry.export.MappingVersions;
import org.consentry.export.ReleaseCounts;
import org.consentry.export.ReleasedPrefixes;
import org.consentry.export.RunContext;
import org.consentry.export.RunKeys;
import org.consentry.export.RunStep;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.extract.Parts;
import org.consentry.export.extract.SplitResult;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.LedgerKey;
import org.consentry.keys.OneTimeKey;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshPublicKey;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.Figures;
import org.consentry.ledger.KeyedPeople;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.ReceiptBook;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Handover;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;
import org.consentry.release.ColumnFigures;
import org.consentry.release.Disclosure;
import org.consentry.release.LastRelease;
import org.consentry.release.PartReader;
import org.consentry.release.Publisher;
import org.consentry.release.ReleaseFigures;
import org.consentry.release.ReleaseSealer;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.Reply;
import org.consentry.release.Trust;
import org.consentry.release.Verification;

/** Completes and signs the staged release, and publishes it. */
public final class Sealer {

  private final RunContext context;

  public Sealer(RunContext context) {
    this.context = context;
  }

  /**
   * Completes and signs the staged release.
   *
   * @return empty when the release would repeat the last one, and the job skips such; nothing was
   *     written then
   * @throws ProblemException category DISCLOSURE_CHECK when it has changes that may break programs
   *     and that no person accepted
   */
  public Optional<SealedRelease> seal(
      ExportPlan plan,
      Decisions decided,
      LocalDateTime decidedAt,
      RunKeys keys,
      Map<String, TableOutcome> outcomes,
      KeyedPeople people,
      Measurements measured) {
    FormulaCheck.check(plan.job().output(), outcomes);
    Path target = target(plan, decidedAt.toLocalDate());
    LedgerKey ledgerKey = context.memberships().key();
    Optional<FigureBook> book = book(plan, decidedAt.toLocalDate(), people);
    ReceiptBuilder receipt = new ReceiptBuilder(plan, decided, measured.leftOut());
    Optional<ReceiptBook> receipts = receipt.book(context, people, decidedAt.toLocalDate());
    Disclosure disclosure =
        new DisclosureBuilder(plan, decided, context, outcomes)
            .build(
                String.valueOf(target.getFileName()),
                decidedAt,
                keys,
                measured,
                receipts
                    .<Reply>map(stated -> receipt.receipt(stated.statement()))
                    .or(() -> LetterBuilder.of(plan, decided, measured.leftOut())),
                (persons, tables) ->
                    book.map(open -> new FigureChoice(decided.index(), measured, open))
                        .map(choice -> choice.choose(persons, tables))
                        .orElse(Figures.NOT_STATED));
    ReleaseSealer.Since since = LastReleases.since(plan, context, outcomes, ledgerKey);
    if (skips(plan, since, disclosure)) {
      return Optional.empty();
    }
    book.flatMap(open -> FigureBook.notCompared(context.memberships(), plan.studyId()))
        .ifPresent(context.progress()::problem);
    long rows = outcomes.values().stream().mapToLong(table -> table.tally().released()).sum();
    long rejected =
        outcomes.values().stream().mapToLong(table -> table.tally().rejectedTotal()).sum();
    Path internal = context.state().manifests(context.run());
    ReleaseSealer.Sealed sealed =
        ReleaseSealer.seal(
            context.staging().release(),
            internal,
            disclosure,
            book.map(open -> figures(plan, outcomes)).orElse(ReleaseFigures.NONE),
            new ReleaseSealer.Signer(RunKeys.SIGNER, keys.signing()),
            since);
    MappingVersions.write(plan, internal);
    sealed.data().ifPresent(context.progress()::note);
    accept(plan, sealed.breaking());
    Map<LedgerFact, String> facts = facts(plan, decided, keys, target, sealed);
    facts.put(LedgerFact.ROWS, Long.toString(rows));
    facts.put(LedgerFact.REJECTED, Long.toString(rejected));
    facts.put(LedgerFact.COUNTS_SHA256, counts(outcomes).write(internal));
    facts.put(LedgerFact.CREATED_AT, disclosure.release().createdAt().toString());
    book.ifPresent(open -> facts.put(LedgerFact.FIGURES_SHA256, open.write(context.state())));
    receipts.ifPresent(
        stated ->
            facts.put(LedgerFact.FIGURES_SHA256, stated.write(context.state(), context.run())));
    plan.form()
        .suspendedUntil()
        .ifPresent(day -> facts.put(LedgerFact.SUSPENDED_UNTIL, day.toString()));
    List<RecordSpans> spans =
        plan.tables().stream()
            .map(
                table ->
                    Optional.ofNullable(measured.leftOut().get(table.name())).orElseThrow().spans())
            .toList();
    facts.put(
        LedgerFact.MEMBERSHIP_SHA256,
        new MembershipBuilder(plan, decided, spans, people).write(context, ledgerKey));
    facts.put(LedgerFact.LEDGER_KEY, ledgerKey.fingerprint());
    context.replaces().ifPresent(name -> facts.put(LedgerFact.REPLACES, name));
    return Optional.of(new SealedRelease(target, facts, plan.approvals(measured.findings())));
  }

  /**
   * The figures that the study showed; empty for a release that states none: who asks for named
   * people must not learn how many others there are, nor that one of the named is among them.
   */
  private Optional<FigureBook> book(ExportPlan plan, LocalDate day, KeyedPeople people) {
    return plan.job().kind() == JobKind.RESEARCH
        ? Optional.of(
            FigureBook.open(context.memberships(), plan.studyId(), context.run(), day, people))
        : Optional.empty();
  }

  /** A correction is released whatever it repeats. */
  private boolean skips(ExportPlan plan, ReleaseSealer.Since since, Disclosure disclosure) {
    return plan.job().skipUnchanged() == Study.YesNo.YES
        && context.replaces().isEmpty()
        && since.isRepeatedBy(disclosure);
  }

  /** Records that a person accepted changes that may break programs. */
  private void accept(ExportPlan plan, List<String> breaking) {
    if (breaking.isEmpty()) {
      return;
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, context.operator());
    facts.put(LedgerFact.ACCEPTED, LedgerFact.Accepted.BREAKING.name());
    facts.put(LedgerFact.REASON, context.accepted().breaking().orElseThrow());
    facts.put(LedgerFact.BREAKING, String.join("\n", breaking));
    note(plan, LedgerEntry.Kind.ACCEPTED, facts);
    breaking.forEach(change -> context.progress().note("accepted: " + change));
  }

  private void note(ExportPlan plan, LedgerEntry.Kind kind, Map<LedgerFact, String> facts) {
    context
        .publisher()
        .note(
            new LedgerEvent(
                kind, context.run(), plan.job().name(), plan.job().study().id(), facts));
  }

  /**
   * Ends a run whose release would repeat the last one: the ledger records it, the one-time key and
   * staging are removed. Nothing was disclosed, so that no account names it.
   *
   * @param rejected how many rows could not be used
   * @return name of the release it would repeat
   */
  public String skip(ExportPlan plan, long rejected) {
    String last =
        LastReleases.last(plan, context.state(), context.ledger())
            .map(LastRelease::name)
            .orElseThrow();
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.RELEASE, last);
    facts.put(LedgerFact.REJECTED, Long.toString(rejected));
    facts.put(LedgerFact.RECIPIENT, plan.job().recipient().id());
    note(plan, LedgerEntry.Kind.UNCHANGED, facts);
    OneTimeKey.destroy(RunKeys.oneTimeFile(context.staging()));
    context.staging().discard();
    return last;
  }

  private static ReleaseCounts counts(Map<String, TableOutcome> outcomes) {
    ReleaseCounts counts = ReleaseCounts.none();
    for (TableOutcome table : outcomes.values()) {
      counts = counts.with(table.table().name(), table.tally(), SplitResult.filled(table.splits()));
    }
    return counts;
  }

  /**
   * What the columns of all tables look like whose people can be counted. Values of encrypted files
   * are nowhere beside them.
   */
  private static ReleaseFigures figures(ExportPlan plan, Map<String, TableOutcome> outcomes) {
    if (Handover.key(plan.job().recipient()).isPresent()) {
      return ReleaseFigures.NONE;
    }
    Map<String, Map<String, ColumnFigures>> tables = new HashMap<>();
    outcomes.forEach(
        (name, outcome) -> outcome.figures().ifPresent(columns -> tables.put(name, columns)));
    return new ReleaseFigures(tables);
  }

  /**
   * The next free name, {@code DATE-rN}: N counts the job's releases, leaves out what a staged run
   * was promised, and is never used twice.
   */
  private Path target(ExportPlan plan, LocalDate day) {
    Path folder = plan.output().resolve(plan.job().name());
    long number = context.ledger().published(plan.job().name()) + 1;
    Path target = folder.resolve(day + "-r" + number);
    while (Files.exists(target, LinkOption.NOFOLLOW_LINKS) || isPromised(target)) {
      number++;
      target = folder.resolve(day + "-r" + number);
    }
    return target;
  }

  /** Whether another run was staged to become this folder: its manifest contains the name. */
  private boolean isPromised(Path target) {
    return context.ledger().entries(LedgerEntry.Kind.STAGED).stream()
        .filter(entry -> !entry.run().equals(context.run()))
        .anyMatch(
            entry ->
                entry
                    .fact(LedgerFact.TARGET)
                    .equals(Optional.of(target.toAbsolutePath().toString())));
  }

  private static Map<LedgerFact, String> facts(
      ExportPlan plan, Decisions decided, RunKeys keys, Path target, ReleaseSealer.Sealed sealed) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.RELEASE, String.valueOf(target.getFileName()));
    facts.put(LedgerFact.RECIPIENT, plan.job().recipient().id());
    facts.put(LedgerFact.JOB_FILE, plan.jobFile().toAbsolutePath().normalize().toString());
    facts.put(LedgerFact.PURPOSE, plan.purpose());
    facts.put(LedgerFact.LEGAL_BASIS, plan.legalBasis());
    facts.put(LedgerFact.REQUESTED_BY, plan.job().requestedBy());
    facts.put(LedgerFact.REQUEST_SHA256, plan.requestDigest());
    facts.put(LedgerFact.CONSENT_NAME, plan.consentName());
    facts.put(LedgerFact.CONSENT_FILE, plan.consents().identity());
    facts.put(LedgerFact.STUDY_KEY, keys.studyFingerprint());
    facts.put(LedgerFact.SIGNING_KEY, keys.signing().publicKey().fingerprint());
    if (!keys.vaults().isEmpty()) {
      facts.put(LedgerFact.VAULT, keys.vaults());
    }
    if (!ReleasedPrefixes.text(plan).isEmpty()) {
      facts.put(LedgerFact.CODE_PREFIXES, ReleasedPrefixes.text(plan));
    }
    facts.put(LedgerFact.PLAN, plan.digest());
    facts.put(LedgerFact.RULES, RunContext.rules(plan.ruleSets()));
    facts.put(LedgerFact.MAPPING, MappingVersions.fact(plan));
    facts.put(LedgerFact.DECISIONS, decided.digest());
    facts.put(LedgerFact.CONSENT, decided.consentDigest());
    facts.put(LedgerFact.SUBJECTS, Long.toString(decided.cohort()));
    facts.put(LedgerFact.INTERNAL_MANIFEST_SHA256, sealed.internalSha256());
    facts.put(LedgerFact.SUMS_SHA256, sealed.sumsSha256());
    facts.put(LedgerFact.MANIFEST_SHA256, sealed.manifestSha256());
    return facts;
  }

  /** Leaves the release where it is, to be approved. */
  public void stage(ExportPlan plan, SealedRelease sealed) {
    context.progress().step(RunStep.STAGE);
    if (Handover.key(plan.job().recipient()).isPresent()) {
      new Parts(context.staging(), plan.sinks()).removeRows();
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.putAll(sealed.facts());
    facts.put(LedgerFact.TARGET, sealed.target().toAbsolutePath().toString());
    facts.put(LedgerFact.OPERATORS, Approvals.operators(context.operators()));
    facts.put(LedgerFact.REQUIRED, Integer.toString(sealed.approvals()));
    facts.put(LedgerFact.RELEASES_BEFORE, Long.toString(context.releasesBefore(plan)));
    note(plan, LedgerEntry.Kind.STAGED, facts);
  }

  /** Publishes, destroys the one-time key and clears staging away. */
  public void publish(ExportPlan plan, SealedRelease sealed) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.putAll(sealed.facts());
    facts.put(LedgerFact.PUBLISHED_BY, context.operator());
    Publisher.Publication publication =
        new Publisher.Publication(
            context.run(),
            plan.job().name(),
            plan.job().study().id(),
            sealed.target(),
            Instant.parse(sealed.facts().getOrDefault(LedgerFact.CREATED_AT, "")),
            facts);
    pinSigner(plan);
    Handover.requireClosed(plan, context.staging().release());
    context.publisher().publish(context.staging(), publication);
    OneTimeKey.destroy(RunKeys.oneTimeFile(context.staging()));
    context.staging().discard();
  }

  /** The first release of an installation pins its signer, wherever the key came from. */
  private void pinSigner(ExportPlan plan) {
    if (!Files.exists(context.state().trustedSigners(), LinkOption.NOFOLLOW_LINKS)) {
      SshPublicKey key = SigningKey.read(plan.signingKey()).publicKey();
      context.state().trust(AllowedSigners.Entry.forManifests(RunKeys.SIGNER, key));
    }
  }

  /**
   * Reads the whole staged release again and checks it as a recipient would. It may take a while,
   * so it comes before consent is decided for the last time.
   *
   * @param plan whose formats the release has
   * @param otherwise what it means when it does not verify
   */
  public void requireVerified(ExportPlan plan, SealedRelease sealed, Category otherwise) {
    PartReader formats = (file, format) -> content(plan, file, format);
    Trust trust = new Trust.Fingerprint(sealed.facts().getOrDefault(LedgerFact.SIGNING_KEY, ""));
    Path folder = context.staging().release();
    Verification verification =
        sealed.facts().containsKey(LedgerFact.APPROVED_BY)
            ? ReleaseVerifier.verify(folder, trust, formats)
            : ReleaseVerifier.verifyStaged(folder, trust, formats);
    if (verification.assurance() != Verification.Assurance.TRUSTED) {
      throw new ProblemException(
          otherwise,
          verification.errors().isEmpty() ? List.of(notTrusted()) : verification.errors());
    }
  }

  private static Optional<PartContent> content(ExportPlan plan, Path file, String format) {
    return plan.sinks().stream()
        .filter(sink -> sink.format().equals(format))
        .findFirst()
        .flatMap(sink -> sink.content(file));
  }

  private Problem notTrusted() {
    return Problem.error(
        "NOT_VERIFIED",
        Place.of(context.staging().release()),
        "the sealed release does not verify against the key that signed it",
        "resume the run; if it happens again, abandon it");
  }
}
