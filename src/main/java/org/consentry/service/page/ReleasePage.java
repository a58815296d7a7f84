package org.consentry.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.consentry.followup.Moments;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.Problem;
import org.consentry.release.ManifestView;
import org.consentry.release.Verification;

/**
 * One release: what the register and its manifest state, and what became of it.
 *
 * @param job name of the job
 * @param name name of the release
 * @param facts the facts of the register, by the names of its columns
 * @param recipient id of the recipient
 * @param manifest what its manifest states; empty when that is missing or changed
 * @param problems what is wrong with it
 * @param verification what a verification found, just now; empty when none was asked for
 * @param events what the ledger records of it, the oldest first
 */
public record ReleasePage(
    String job,
    String name,
    Map<String, String> facts,
    String recipient,
    Optional<ManifestView> manifest,
    List<Problem> problems,
    Optional<Verification> verification,
    List<Event> events)
    implements PageModel {

  /** Of more files the first ones are listed; the manifest lists all. */
  static final int MOST_FILES = 200;

  /**
   * What the ledger records.
   *
   * @param at the moment, in words
   * @param what it is, in words
   * @param by who did it; empty where the entry does not name the person
   */
  public record Event(String at, String what, String by) {}

  public ReleasePage {
    problems = List.copyOf(problems);
    events = List.copyOf(events);
  }

  /** What the ledger records of a release; entries have counts of people that are not shown. */
  public static List<Event> events(List<LedgerEntry> entries, Moments moments) {
    List<Event> events = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      events.add(new Event(moments.words(entry.at()), what(entry), by(entry)));
    }
    return events;
  }

  private static String what(LedgerEntry entry) {
    String kind = entry.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (entry.fact(LedgerFact.CLOSED_BY).isPresent()) {
      return "recall closed";
    }
    return entry.fact(LedgerFact.DAY).map(day -> kind + " on " + day).orElse(kind);
  }

  private static String by(LedgerEntry entry) {
    return entry
        .fact(LedgerFact.APPROVER)
        .or(() -> entry.fact(LedgerFact.PUBLISHED_BY))
        .or(() -> entry.fact(LedgerFact.CLOSED_BY))
        .or(() -> entry.fact(LedgerFact.ASKED_BY))
        .orElse("");
  }

  String fact(String column) {
    return facts.getOrDefault(column, "");
  }

  /** The facts that are shown as a list, with their labels. */
  List<Map.Entry<String, String>> lines() {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    add(lines, "Disclosed on", "day");
    add(lines, "Kind", "kind");
    add(lines, "Study", "study");
    add(lines, "Purpose of use", "purpose");
    add(lines, "Legal basis", "legal_basis");
    add(lines, "Agreement", "agreement");
    add(lines, "Agreement ends", "agreement_ends");
    add(lines, "Board approval ends", "board_ends");
    add(lines, "To be destroyed by", "destroy_by");
    add(lines, "Requested by", "requested_by");
    add(lines, "Approved by", "approved_by");
    add(lines, "Published by", "published_by");
    add(lines, "Encrypted on", "handed_over");
    add(lines, "Received on", "received");
    add(lines, "Destroyed on", "destroyed");
    add(lines, "Replaced by", "replaced_by");
    return lines;
  }

  private void add(List<Map.Entry<String, String>> lines, String label, String column) {
    if (!fact(column).isEmpty()) {
      lines.add(Map.entry(label, fact(column)));
    }
  }

  Optional<Bars> people() {
    return manifest.flatMap(view -> people(view.people()));
  }

  /** People by reason, as the recipient's manifest states them. */
  public static Optional<Bars> people(Map<String, String> groups) {
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<Bars.Bar> bars = new ArrayList<>();
    groups.forEach((label, shown) -> bars.add(new Bars.Bar(label, shown, size(shown))));
    return Optional.of(
        new Bars("people", "People by what became of them, rounded as in the manifest", bars));
  }

  private static long size(String shown) {
    return shown.matches("[0-9]{1,15}") ? Long.parseLong(shown) : 0;
  }

  @Override
  public String template() {
    return "release.jte";
  }
}
