package org.consentry.connector.fhir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.Sha256;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Consent resources as a table of consent lines, as a profile pack reads them. Immutable; safe for
 * any number of threads.
 */
public final class ConsentResources implements SourceTable {

  private static final String TYPE = "Consent";
  private static final long SPLIT_BYTES = 1 << 20;
  private static final int MOST_REPORTED = 50;
  private static final int MOST_COUNTED = 1000;
  private static final String OTHERS = "what has other names";

  private final ConsentPack.Loaded pack;
  private final ConsentTime time;
  private final List<String> columns;
  private final Path folder;
  private final ResourceFiles files;

  private ConsentResources(
      ConsentPack.Loaded pack, ConsentTime time, List<String> columns, Path folder) {
    this.pack = pack;
    this.time = time;
    this.columns = List.copyOf(columns);
    this.folder = folder;
    this.files = find(folder);
  }

  /**
   * Opens the Consent resources of a folder.
   *
   * @param profile name of a shipped pack
   * @param columns names of the columns of consent lines
   * @param zone the clinic's time zone, which decides the day of a moment
   * @throws ProblemException with {@link Category#FILES_INVALID} when there is no such pack, no
   *     file of Consent resources, or one that would not be read
   */
  public static ConsentResources open(
      Path folder, WithPlace<String> profile, List<String> columns, Optional<ZoneId> zone) {
    ConsentPack.Loaded pack =
        ConsentPack.load(profile.value())
            .orElseThrow(
                () ->
                    ProblemException.of(
                        Category.FILES_INVALID,
                        "UNKNOWN_WORD",
                        profile.place(),
                        "there is no profile pack " + SafeWord.word(profile.value()),
                        Suggestion.hint(profile.value(), ConsentPack.SHIPPED)));
    return new ConsentResources(pack, new ConsentTime(zone), columns, folder);
  }

  /** The files of a folder; refused when one may have consents that are not read. */
  private static ResourceFiles find(Path folder) {
    String shown = Place.name(folder);
    List<ResourceFile> files =
        Files.isDirectory(folder) ? ResourceFile.find(folder, shown, TYPE) : List.of();
    if (files.isEmpty()) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "NO_RESOURCES",
          Place.of(shown),
          "expected a folder with a file of Consent resources but found none",
          "name it Consent.ndjson; check consent.path");
    }
    Set<Path> read = files.stream().map(ResourceFile::path).collect(Collectors.toSet());
    long unread = ResourceFile.named(folder, shown, TYPE).filter(f -> !read.contains(f)).count();
    if (unread > 0) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "UNREAD_CONSENTS",
          Place.of(shown),
          "expected files such as Consent.ndjson or Consent.001.ndjson but found "
              + (unread == 1 ? "a file" : unread + " files")
              + " with consent in the name that would not be read",
          "unpack or rename what has Consent resources; move other files out of the folder");
    }
    return new ResourceFiles(files);
  }

  /**
   * Reads all resources and counts what the pack does not know.
   *
   * @return a warning for each code, by its kind and text
   */
  public List<Problem> unknown() {
    Map<String, Long> counts = new TreeMap<>();
    for (Split split : splits()) {
      try (BatchReader reader = rows(split, List.of(), counts)) {
        while (reader.next().isPresent()) {
          // Counts what is not known.
        }
      }
    }
    List<Problem> problems = new ArrayList<>();
    counts.forEach(
        (what, count) ->
            problems.add(
                Problem.warning(
                    "CONSENT_NOT_KNOWN",
                    Place.of(file()),
                    "pack "
                        + pack.pack().name()
                        + " does not know "
                        + what
                        + ", found "
                        + count
                        + (count == 1 ? " time" : " times"),
                    "it permits nothing; a denial with it denies everything")));
    return problems.size() > MOST_REPORTED ? problems.subList(0, MOST_REPORTED) : problems;
  }

  @Override
  public String name() {
    return "consent profile " + pack.pack().name() + " version " + pack.pack().version();
  }

  @Override
  public Optional<String> definition() {
    return Optional.of(pack.sha256());
  }

  @Override
  public String file() {
    return files.shown();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public SourceTable renewed() {
    return new ConsentResources(pack, time, columns, folder);
  }

  @Override
  public long size() {
    return files.size();
  }

  @Override
  public List<Split> splits() {
    return files.splits(name(), SPLIT_BYTES);
  }

  @Override
  public BatchReader open(Split split, List<Integer> positions) {
    return rows(split, positions, new LinkedHashMap<>());
  }

  private BatchReader rows(Split split, List<Integer> positions, Map<String, Long> counts) {
    ResourceFile file = files.of(split);
    LineReader lines = new LineReader(file, split, FhirTable.LONGEST, true);
    UnknownWords words = new UnknownWords(pack.pack());
    ConsentTranslation translation =
        new ConsentTranslation(
            pack.pack(), time, (kind, text) -> count(counts, words.of(kind, text)));
    ResourceRows.Table table = new ResourceRows.Table(0, new Lines(translation), positions);
    ResourceRows.Reading whole = new ResourceRows.Reading(Shape.whole(), List.of(table));
    return new ResourceRows(lines, file.problems(), List.of(whole), FhirTable.LONGEST);
  }

  /** Counts what is not known; beyond 1,000 names, together. */
  static void count(Map<String, Long> counts, String words) {
    boolean isCounted = counts.size() < MOST_COUNTED - 1 || counts.containsKey(words);
    counts.merge(isCounted ? words : OTHERS, 1L, Long::sum);
  }

  /** Makes rows of consent lines. */
  private final class Lines implements ResourceRows.Maker {

    private final ConsentTranslation translation;

    Lines(ConsentTranslation translation) {
      this.translation = translation;
    }

    @Override
    public String resource() {
      return TYPE;
    }

    @Override
    public String column(int position) {
      return columns.get(position);
    }

    @Override
    public List<@Nullable Item[]> rows(Item.Complex resource, byte[] bytes, int from, int to)
        throws Failure {
      String evidence = Sha256.hex(Arrays.copyOfRange(bytes, from, to));
      List<@Nullable Item[]> rows = new ArrayList<>();
      for (Map<String, String> line : translation.lines(resource, evidence)) {
        @Nullable Item[] row = new Item[columns.size()];
        for (int i = 0; i < row.length; i++) {
          String cell = line.getOrDefault(columns.get(i), "");
          row[i] = cell.isEmpty() ? null : Item.Primitive.text(cell);
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
