package org.consentry.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.config.Mapping;
import org.consentry.config.MappingContent;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * A version of a mapping means one thing for a study: what it meant when the study released with it
 * first. The ledger has the digest of each version's {@link MappingContent} and of its lists; the
 * content itself is beside the internal manifest, so that a message can name what changed. Adopted
 * releases do not count: their manifests have a digest of the mapping's file and none of its
 * content, which comments and order do not change.
 */
public final class MappingVersions {

  private static final String FILE = "mapping.txt";
  private static final String VERSION = " version ";
  private static final String LIST = "list ";
  private static final int MOST = 10;

  private final Ledger ledger;
  private final StateFolder state;

  /** The versions that a state folder knows. */
  public MappingVersions(Ledger ledger, StateFolder state) {
    this.ledger = ledger;
    this.state = state;
  }

  /** One line of the fact, in a release. */
  private record Used(LedgerEntry release, String digest, String what) {

    String name() {
      return release.job() + "/" + release.fact(LedgerFact.RELEASE).orElse("");
    }
  }

  /** The mapping of a plan and its lists, as the fact {@link LedgerFact#MAPPING}. */
  public static String fact(ExportPlan plan) {
    return lines(plan).entrySet().stream()
        .map(line -> line.getValue() + " " + line.getKey())
        .collect(Collectors.joining("\n"));
  }

  /** Writes the content beside the internal manifest of a run. */
  public static void write(ExportPlan plan, Path manifests) {
    Path file = manifests.resolve(FILE);
    try {
      DurableFiles.createClosedFolder(manifests);
      DurableFiles.replace(file, MappingContent.of(plan.mapping()).text());
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "MAPPING_CONTENT",
          Place.of(file),
          "the content of the mapping cannot be written",
          "check the permissions and the free space of the state folder, then resume the run");
    }
  }

  private static String version(Mapping mapping) {
    return mapping.name() + VERSION + mapping.version();
  }

  /** Digests by what they are of. */
  private static SortedMap<String, String> lines(ExportPlan plan) {
    SortedMap<String, String> lines = new TreeMap<>();
    String version = version(plan.mapping());
    lines.put(version, MappingContent.of(plan.mapping()).sha256());
    plan.mappingLists()
        .forEach((list, digest) -> lines.put(LIST + list + " of " + version, digest));
    return lines;
  }

  /**
   * Refuses a mapping that changed what leaves without a new version, and one whose version is
   * older than one with which the study released, unless that very content was released before.
   *
   * @throws ProblemException category FILES_INVALID
   */
  public void require(ExportPlan plan) {
    problem(plan)
        .ifPresent(
            problem -> {
              throw new ProblemException(Category.FILES_INVALID, List.of(problem));
            });
  }

  /** Why the mapping of a plan cannot be used; empty when it can. */
  public Optional<Problem> problem(ExportPlan plan) {
    Mapping mapping = plan.mapping();
    List<Used> used = used(plan.job().study().id());
    Optional<Used> changed = Optional.empty();
    List<String> lists = new ArrayList<>();
    boolean isKnown = false;
    for (Map.Entry<String, String> line : lines(plan).entrySet()) {
      Optional<Used> last =
          used.stream()
              .filter(one -> one.what().equals(line.getKey()))
              .reduce((older, newer) -> newer);
      boolean isList = line.getKey().startsWith(LIST);
      isKnown |= last.isPresent() && !isList;
      if (last.isPresent() && !last.get().digest().equals(line.getValue())) {
        changed = last;
        if (isList) {
          lists.add(line.getKey().substring(0, line.getKey().indexOf(" of ")));
        }
      }
    }
    Optional<Used> newest = newest(mapping.name(), used);
    int highest = newest.map(one -> number(mapping.name(), one)).orElse(0);
    if (changed.isPresent()) {
      return Optional.of(changed(plan, changed.get(), lists, highest));
    }
    boolean known = isKnown;
    return newest
        .filter(one -> !known && mapping.version() < highest)
        .map(one -> olderThan(plan, one, highest));
  }

  private List<Used> used(String study) {
    return ledger.entries(LedgerEntry.Kind.PUBLISHED).stream()
        .filter(entry -> entry.study().equals(study))
        .flatMap(
            entry ->
                entry.fact(LedgerFact.MAPPING).stream()
                    .flatMap(String::lines)
                    .map(line -> line.split(" ", 2))
                    .map(words -> new Used(entry, words[0], words[1])))
        .toList();
  }

  private static Optional<Used> newest(String mapping, List<Used> used) {
    return used.stream()
        .filter(one -> one.what().startsWith(mapping + VERSION))
        .max(Comparator.comparingInt(one -> number(mapping, one)));
  }

  private static int number(String mapping, Used one) {
    return Integer.parseInt(one.what().substring((mapping + VERSION).length()));
  }

  private Problem changed(ExportPlan plan, Used before, List<String> lists, int highest) {
    List<String> changes = new ArrayList<>(lists);
    content(before)
        .ifPresent(
            then ->
                then.changesTo(MappingContent.of(plan.mapping()))
                    .forEach((part, what) -> changes.add(part + " " + what)));
    return Problem.error(
        "MAPPING_CHANGED",
        Place.of(plan.mappingFile()),
        version(plan.mapping())
            + " is not what the study released as "
            + before.name()
            + (changes.isEmpty() ? "" : ": " + words(changes)),
        "write version: " + (highest + 1) + ", or restore the mapping and its lists");
  }

  private static String words(List<String> changes) {
    String words = changes.stream().limit(MOST).collect(Collectors.joining(", "));
    return changes.size() > MOST ? words + " and " + (changes.size() - MOST) + " more" : words;
  }

  private static Problem olderThan(ExportPlan plan, Used newest, int highest) {
    return Problem.error(
        "MAPPING_OLDER",
        Place.of(plan.mappingFile()),
        version(plan.mapping())
            + " was never released, and the study released "
            + newest.name()
            + " with the newer version "
            + highest,
        "write version: " + (highest + 1));
  }

  /** The content with which a release was made; empty when it is not there any more. */
  private Optional<MappingContent> content(Used before) {
    try {
      String text = Files.readString(state.manifests(before.release().run()).resolve(FILE));
      boolean isMapping = !before.what().startsWith(LIST);
      return !isMapping || Sha256.hex(text).equals(before.digest())
          ? Optional.of(MappingContent.parse(text))
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
