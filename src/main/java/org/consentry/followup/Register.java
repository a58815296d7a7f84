package org.consentry.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.consentry.ledger.HandOvers;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Recalls;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.StatedAuthority;
import org.consentry.release.StatedAuthority.End;
import org.consentry.release.StatedAuthority.Ending;

/**
 * The register of disclosures: every release that left the clinic, out of the ledger and the signed
 * manifests. It has no patient, and its numbers of people are exact: it is for the clinic only.
 *
 * @param disclosures the newest first
 */
public record Register(List<Disclosed> disclosures) {

  public Register {
    disclosures = List.copyOf(disclosures);
  }

  /**
   * One release.
   *
   * @param entry its entry in the ledger
   * @param day the day it was disclosed, clinic-local
   * @param authority what its manifest states; empty when the manifest is missing or changed
   * @param ends what ends on a day; the end of an agreement is that which the newest release under
   *     the same agreement states
   * @param replacedBy name of the release that replaced it
   * @param recall whether a recall of it is open
   * @param handOver what is known of the files after they left
   */
  public record Disclosed(
      LedgerEntry entry,
      LocalDate day,
      Optional<StatedAuthority> authority,
      Map<Ending, LocalDate> ends,
      Optional<String> replacedBy,
      Recall recall,
      Map<Kind, LocalDate> handOver) {

    public Disclosed {
      ends = new EnumMap<>(ends.isEmpty() ? new EnumMap<>(Ending.class) : ends);
      handOver = Map.copyOf(handOver);
    }

    /** Job and release, joined by {@code /}. */
    public String name() {
      return entry.job() + "/" + fact(LedgerFact.RELEASE);
    }

    /** A fact of the ledger; empty text when it has none. */
    public String fact(LedgerFact name) {
      return entry.fact(name).orElse("");
    }

    /** The kind of disclosure, as a job names it. */
    public String kind() {
      return AccountingBasis.of(fact(LedgerFact.LEGAL_BASIS)).kind();
    }

    /** The legal basis, as a job names it. */
    public String basis() {
      return fact(LedgerFact.LEGAL_BASIS).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Names of those who approved it; empty when no approval was asked. */
    public List<String> approvers() {
      return Arrays.stream(fact(LedgerFact.APPROVED_BY).split(", ", -1))
          .map(one -> one.substring(0, Math.max(0, one.lastIndexOf(' '))))
          .filter(one -> !one.isEmpty())
          .toList();
    }

    /** Whether the recipient confirmed that the data is destroyed. */
    public boolean isDestroyed() {
      return handOver.containsKey(Kind.DESTROYED);
    }

    /** Whether the data was to be destroyed before a day and that is not confirmed. */
    public boolean isOverdue(LocalDate today) {
      LocalDate end = ends.get(Ending.DESTRUCTION);
      return !isDestroyed() && end != null && end.isBefore(today);
    }

    /** Whether something ends up to a day, or may: what is not known is listed too. */
    boolean endsUpTo(LocalDate last) {
      return !isDestroyed()
          && (authority.isEmpty() || ends.values().stream().anyMatch(end -> !end.isAfter(last)));
    }
  }

  /** Whether a recall is open. */
  public enum Recall {
    NONE,
    OPEN
  }

  /**
   * The register of a state folder.
   *
   * @param zone the clinic's time zone, for the days
   */
  public static Register of(StateFolder state, Ledger ledger, ZoneId zone) {
    return of(ledger, zone, release -> StatedAuthority.of(state, release));
  }

  /**
   * The same with manifests that were read before.
   *
   * @param manifests what the manifest of a release states; empty when it is missing or changed
   */
  public static Register of(
      Ledger ledger, ZoneId zone, Function<LedgerEntry, Optional<StatedAuthority>> manifests) {
    HandOvers handOvers = HandOvers.of(ledger.entries());
    Set<String> open =
        new Recalls(ledger).open().stream().map(Recalls.Open::run).collect(Collectors.toSet());
    List<LedgerEntry> releases = new ArrayList<>(ledger.releases().toList());
    releases.sort((a, b) -> b.disclosedAt().compareTo(a.disclosedAt()));
    Map<String, String> replaced = replaced(releases);
    Map<List<String>, LocalDate> agreed = new HashMap<>();
    List<Disclosed> found = new ArrayList<>();
    for (LedgerEntry release : releases) {
      Optional<StatedAuthority> authority = manifests.apply(release);
      found.add(
          new Disclosed(
              release,
              LocalDate.ofInstant(release.disclosedAt(), zone),
              authority,
              authority.map(stated -> ends(release, stated, agreed)).orElse(Map.of()),
              Optional.ofNullable(replaced.get(name(release))),
              open.contains(release.run()) ? Recall.OPEN : Recall.NONE,
              days(handOvers, release.run(), zone)));
    }
    return new Register(found);
  }

  /** An agreement that was renewed covers what left under it before; nothing else is inherited. */
  private static Map<Ending, LocalDate> ends(
      LedgerEntry release, StatedAuthority stated, Map<List<String>, LocalDate> agreed) {
    Map<Ending, LocalDate> ends = new EnumMap<>(Ending.class);
    for (End end : stated.ends()) {
      ends.put(end.what(), end.day());
    }
    LocalDate own = ends.get(Ending.AGREEMENT);
    if (own != null) {
      List<String> agreement =
          List.of(
              release.study(), release.fact(LedgerFact.RECIPIENT).orElse(""), stated.agreement());
      ends.put(Ending.AGREEMENT, agreed.computeIfAbsent(agreement, newest -> own));
    }
    return ends;
  }

  private static Map<String, String> replaced(List<LedgerEntry> releases) {
    Map<String, String> replaced = new HashMap<>();
    for (LedgerEntry entry : releases) {
      entry
          .fact(LedgerFact.REPLACES)
          .ifPresent(
              old ->
                  replaced.put(entry.job() + "/" + old, entry.fact(LedgerFact.RELEASE).orElse("")));
    }
    return replaced;
  }

  private static Map<Kind, LocalDate> days(HandOvers handOvers, String run, ZoneId zone) {
    Map<Kind, LocalDate> days = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.PACKAGED, Kind.RECEIVED, Kind.DESTROYED)) {
      handOvers.newest(run, kind).ifPresent(entry -> days.put(kind, day(entry, zone)));
    }
    return days;
  }

  private static LocalDate day(LedgerEntry entry, ZoneId zone) {
    return entry
        .fact(LedgerFact.DAY)
        .map(LocalDate::parse)
        .orElseGet(() -> LocalDate.ofInstant(Instant.parse(entry.at()), zone));
  }

  private static String name(LedgerEntry release) {
    return release.job() + "/" + release.fact(LedgerFact.RELEASE).orElse("");
  }

  /**
   * Those of a recipient.
   *
   * @param word the recipient's id, or a part of the name of the person or the organization, in
   *     upper or lower case; a release whose recipient's name is not known may be one of them
   */
  public Register ofRecipient(String word) {
    String part = word.toLowerCase(Locale.ROOT);
    return where(
        one ->
            one.fact(LedgerFact.RECIPIENT).equals(word)
                || one.authority().isEmpty()
                || one.authority()
                    .filter(
                        stated ->
                            (stated.organization() + "\n" + stated.recipient())
                                .toLowerCase(Locale.ROOT)
                                .contains(part))
                    .isPresent());
  }

  /**
   * One disclosure.
   *
   * @param name {@code JOB/RELEASE}, or the run that made it
   * @throws ProblemException category USAGE when there is none
   */
  public Disclosed named(String name) {
    return disclosures.stream()
        .filter(one -> one.name().equals(name) || one.entry().run().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.USAGE,
                    "UNKNOWN_RELEASE",
                    Place.of("release"),
                    "the ledger has no published release of this name",
                    "write JOB/RELEASE as consentry register lists it"));
  }

  /**
   * What a register is searched for. An empty word is searched for nothing.
   *
   * @param recipient as {@link #ofRecipient}
   * @param study id of a study
   * @param basis a legal basis, as a job names it
   * @param kind a kind of disclosure, as a job names it
   * @param from the first day
   * @param to the last day
   */
  public record Search(
      String recipient,
      String study,
      String basis,
      String kind,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {

    /** Searches for nothing, so that every release is found. */
    public static final Search ALL = new Search("", "", "", "", Optional.empty(), Optional.empty());

    /** The search as a sentence. */
    public String words() {
      List<String> words = new ArrayList<>();
      add(words, "to ", recipient);
      add(words, "of study ", study);
      add(words, "on the basis ", basis);
      add(words, "of kind ", kind);
      from.ifPresent(day -> words.add("from " + day));
      to.ifPresent(day -> words.add("up to " + day));
      return words.isEmpty() ? "Every release." : "Releases " + String.join(", ", words) + ".";
    }

    private static void add(List<String> words, String label, String word) {
      if (!word.isEmpty()) {
        words.add(label + word);
      }
    }
  }

  /** Those that a search finds. */
  public Register found(Search search) {
    Register found = search.recipient().isEmpty() ? this : ofRecipient(search.recipient());
    return found.where(
        one ->
            (search.study().isEmpty() || one.entry().study().equals(search.study()))
                && (search.basis().isEmpty() || one.basis().equals(search.basis()))
                && (search.kind().isEmpty() || one.kind().equals(search.kind()))
                && search.from().filter(day -> one.day().isBefore(day)).isEmpty()
                && search.to().filter(day -> one.day().isAfter(day)).isEmpty());
  }

  /** Those of a year, clinic-local. */
  public Register ofYear(int year) {
    return where(one -> one.day().getYear() == year);
  }

  /**
   * Those of which an agreement, an approval of a board or the time to destroy the data ends up to
   * a day, and is not confirmed to be destroyed; and those of which it is not known.
   */
  public Register endingUpTo(LocalDate last) {
    return where(one -> one.endsUpTo(last));
  }

  /** Those that were to be destroyed before a day, which is not confirmed. */
  public Register overdue(LocalDate today) {
    return where(one -> one.isOverdue(today));
  }

  private Register where(Predicate<Disclosed> counts) {
    return new Register(disclosures.stream().filter(counts).toList());
  }
}
