package org.consentry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.followup.Moments;
import org.consentry.ledger.BackupContent;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/** What a backup contains, in words. */
final class BackupLines {

  /** So many releases are named. */
  private static final int NAMED = 5;

  private final Console console;
  private final Moments moments;

  BackupLines(Console console, Moments moments) {
    this.console = console;
    this.moments = moments;
  }

  void content(BackupContent content) {
    console.line("made      " + moments.words(content.made()) + " by " + content.software());
    console.line(
        "state     " + CountWords.of(content.stateFiles(), "file") + " of " + content.home());
    console.line(
        "ledger    "
            + CountWords.of(content.entries().size(), "entry", "entries")
            + newest(content)
            + ", key "
            + content.ledgerKey());
    console.line(
        "keys      "
            + CountWords.of(content.keyFiles(), "file")
            + (content.keyFolders().isEmpty()
                ? ""
                : " of " + String.join(", ", content.keyFolders())));
    content
        .studyKeys()
        .forEach((path, fingerprint) -> console.line("study key " + path + " " + fingerprint));
  }

  private String newest(BackupContent content) {
    if (content.entries().isEmpty()) {
      return "";
    }
    LedgerEntry head = content.entries().get(content.entries().size() - 1);
    return ", the newest of " + moments.words(head.moment()) + " sha256:" + head.hash();
  }

  void missingKeys(BackupContent content) {
    content
        .missingStudyKeys()
        .forEach(
            (study, key) ->
                console.problem(
                    Problem.warning(
                        "BACKUP_WITHOUT_KEY",
                        Place.of("study " + study),
                        "the key of its newest release, " + key + ", is not in the backup",
                        "make sure that it is stored elsewhere: without it the study cannot"
                            + " release again")));
  }

  /** What is different from the state folder here: TRAPS of a state that is put back. */
  void relation(BackupContent content, List<LedgerEntry> present, String home) {
    Place place = Place.of(home);
    switch (content.relationTo(present)) {
      case SAME -> console.line("the ledger of " + home + " is the same");
      case NEWER ->
          console.line(
              "the ledger of "
                  + home
                  + " is older: it lacks "
                  + CountWords.of(content.entries().size() - present.size(), "entry", "entries"));
      case OLDER -> older(content, present, place);
      case OTHER ->
          console.problem(
              Problem.warning(
                  "BACKUP_OTHER",
                  place,
                  "its ledger is another one: neither continues the other",
                  "make sure that this is a backup of this installation: restore it elsewhere, then"
                      + " consentry ledger verify --manifest FILE with a manifest of a recipient"));
    }
  }

  private void older(BackupContent content, List<LedgerEntry> present, Place place) {
    List<LedgerEntry> more = present.subList(content.entries().size(), present.size());
    List<String> releases =
        more.stream()
            .filter(entry -> entry.kind() == LedgerEntry.Kind.PUBLISHED)
            .map(entry -> entry.job() + "/" + entry.fact(LedgerFact.RELEASE).orElse(""))
            .toList();
    String names =
        releases.isEmpty()
            ? "no release"
            : CountWords.of(releases.size(), "release")
                + ": "
                + String.join(", ", releases.subList(0, Math.min(NAMED, releases.size())))
                + (releases.size() > NAMED ? ", ..." : "");
    console.problem(
        Problem.warning(
            "BACKUP_OLDER",
            place,
            "its ledger has "
                + CountWords.of(more.size(), "entry", "entries")
                + " more than the backup, with "
                + names
                + ". The restored state does not know them, nor the codes that new patients were"
                + " given there",
            "restore a newer backup if there is one; else consentry adopt DIR makes each of these"
                + " releases known, and a study with random codes begins new ones"));
  }

  Map<String, Object> fields(BackupContent content) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("made", Moments.iso(content.made()));
    fields.put("software", content.software());
    fields.put("home", content.home());
    fields.put("stateFiles", content.stateFiles());
    fields.put("keyFolders", content.keyFolders());
    fields.put("keyFiles", content.keyFiles());
    fields.put("bytes", content.bytes());
    fields.put("ledgerEntries", content.entries().size());
    fields.put(
        "ledgerHead",
        content.entries().isEmpty()
            ? ""
            : content.entries().get(content.entries().size() - 1).hash());
    fields.put("ledgerKey", content.ledgerKey());
    fields.put("studyKeys", content.studyKeys());
    fields.put("missingStudyKeys", content.missingStudyKeys());
    return fields;
  }
}
