package org.consentry.connector.csv;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.Among;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.CsvWords;
import org.consentry.config.Doc;
import org.consentry.config.Encoding;
import org.consentry.config.SafeWord;
import org.consentry.connector.BatchReader;
import org.consentry.connector.CsvFolderForm;
import org.consentry.connector.Source;
import org.consentry.connector.SourceFactory;
import org.consentry.connector.SourceTable;
import org.consentry.problem.Address;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * A directory of CSV files: the table {@code visits} is the file {@code visits.csv} in it, or the
 * compressed file {@code visits.csv.gz} or {@code visits.csv.zst}.
 */
public final class CsvSource implements Source {

  /** Bytes in which the rows of a small file are read; it grows for a longer record. */
  private static final int SMALL_SLAB = 1 << 18;

  /** So many columns are few. */
  private static final int FEW_COLUMNS = 1 << 6;

  /** How much longer the slab of a table of many columns may be. */
  private static final int WIDEST = 1 << 3;

  /** Makes CSV sources. */
  public static final SourceFactory<Config> FACTORY = new Factory();

  /**
   * What people may set.
   *
   * @param path the directory; relative to the file that names it
   * @param csv how every file in it is written
   * @param files how those are written that are written another way, by their table
   * @param escape makes the next character an ordinary one; none unless set
   * @param comment begins a line that is no record; none unless set
   */
  public record Config(
      @Doc(
              "the directory of the CSV files; a table is a file of its name and .csv, .csv.gz or"
                  + " .csv.zst")
          String path,
      @Among CsvWords csv,
      @Doc("files that are written another way, by their table: each states all that is unusual")
          @MayBeEmpty
          Map<String, CsvWords> files,
      @Doc("what makes the next character an ordinary one; default none")
          Optional<Character> escape,
      @Doc("what begins a line that is no record; default none") Optional<Character> comment) {

    public Config {
      if (path.isBlank() || Address.is(path)) {
        throw new IllegalArgumentException("path must name a directory");
      }
      files = Map.copyOf(files);
      dialect(csv, escape, comment);
      for (CsvWords each : files.values()) {
        dialect(each, escape, comment);
      }
    }

    /** UTF-8, RFC 4180. */
    public static Config of(String path) {
      return of(path, CsvWords.RFC_4180);
    }

    /** Files without escapes and comments. */
    public static Config of(String path, CsvWords csv) {
      return new Config(path, csv, Map.of(), Optional.empty(), Optional.empty());
    }

    /** A folder of files without escapes and comments. */
    public static Config of(String path, CsvFolderForm form) {
      return new Config(path, form.usual(), form.others(), Optional.empty(), Optional.empty());
    }

    CsvDialect dialect(CsvWords words) {
      return dialect(words, escape, comment);
    }

    private static CsvDialect dialect(
        CsvWords csv, Optional<Character> escape, Optional<Character> comment) {
      return new CsvDialect(csv.between(), csv.around(), escape, comment);
    }
  }

  /**
   * Sizes in bytes, smaller in tests.
   *
   * @param split at which the next record boundary is cut
   * @param slab that the rows of a batch share, where they have few columns
   * @param longestRecord that is still read
   */
  public record Sizes(long split, int slab, int longestRecord) {

    /**
     * The sizes of a real run. The split is the system property {@code consentry.splitBytes} where
     * it is set: where a run is cut and taken up again, and nothing else, depends on it.
     */
    public static Sizes usual() {
      return new Sizes(Long.getLong("consentry.splitBytes", 64L << 20), 1 << 20, 64 << 20);
    }

    /**
     * What the rows of a batch share: more for more columns, because each is worked on for itself
     * and should have many values.
     */
    int slab(int columns) {
      long most = Math.min(longestRecord, (long) WIDEST * slab);
      return (int) Math.min(most, Math.max(slab, (long) slab * columns / FEW_COLUMNS));
    }

    public Sizes {
      if (split < 1 || slab < 1 || longestRecord < slab) {
        throw new IllegalArgumentException(
            "sizes must be at least 1, and a record as long as a slab");
      }
    }
  }

  private static final class Factory implements SourceFactory<Config> {

    @Override
    public String name() {
      return "csv";
    }

    @Override
    public Class<Config> config() {
      return Config.class;
    }

    @Override
    public Source open(Config config, Path baseDirectory) {
      Path directory = baseDirectory.resolve(config.path());
      return new CsvSource(config, directory, Place.name(directory), Sizes.usual());
    }
  }

  /**
   * One file.
   *
   * @param csv how it is written
   * @param shown the file as messages show it
   */
  public static SourceTable file(
      Path file, CsvWords csv, String shown, long splitBytes, int longestRecord) {
    Sizes sizes = new Sizes(splitBytes, Math.min(SMALL_SLAB, longestRecord), longestRecord);
    return new CsvTable(
        shown,
        file,
        new CsvProblems(shown),
        Config.dialect(csv, Optional.empty(), Optional.empty()),
        csv.encoding(),
        sizes);
  }

  /**
   * Reads rows of UTF-8 in the form of RFC 4180 that come from elsewhere than a file. An empty
   * field is NULL there, and {@code ""} an empty text.
   *
   * @param shown what messages call the table
   * @param width fields of every row, at least 2: a row of one empty field is a blank line
   * @param firstLine line number of the first row
   * @param columns positions of the wanted fields, in the order of the batches
   */
  public static BatchReader rows(
      CsvBytes bytes, String shown, int width, long firstLine, List<Integer> columns) {
    Sizes sizes = Sizes.usual();
    ReadSetup setup =
        new ReadSetup(
            CsvDialect.RFC_4180, Encoding.UTF_8, width, sizes.slab(width), sizes.longestRecord());
    return new NullableRows(
        new SlabReader(bytes, new CsvProblems(shown), setup, firstLine, columns));
  }

  private final Config config;
  private final Path directory;
  private final String shown;
  private final Sizes sizes;

  /**
   * Opens a directory.
   *
   * @param shown the directory as messages show it
   */
  public CsvSource(Config config, Path directory, String shown, Sizes sizes) {
    this.config = config;
    this.directory = directory;
    this.shown = shown;
    this.sizes = sizes;
    if (!Files.isDirectory(directory)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "NO_DIRECTORY",
          Place.of(shown),
          "expected a directory of CSV files but found none",
          "check source.path");
    }
    requireFiles();
  }

  /** A statement about a file that is not there would be about nothing. */
  private void requireFiles() {
    Problems problems = new Problems();
    for (String table : config.files().keySet()) {
      if (files(table).isEmpty()) {
        problems.error(
            "UNKNOWN_FILE",
            Place.of(shown),
            "source.files names " + SafeWord.word(table) + ", and there is no file of that table",
            "name a file of the directory, without .csv");
      }
    }
    problems.throwIfAny(Category.FILES_INVALID);
  }

  private List<String> files(String table) {
    return CsvForm.suffixes().stream()
        .map(table::concat)
        .filter(file -> isName(table) && Files.exists(directory.resolve(file)))
        .toList();
  }

  private static boolean isName(String table) {
    return table.matches("[^/\\\\\\p{Cntrl}]+") && !table.startsWith(".");
  }

  @Override
  public Optional<SourceTable> table(String table) {
    if (!isName(table)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "TABLE_NAME",
          Place.of(shown),
          "expected a table name but found one with a path, a leading dot or a control character",
          "name the file in the directory, without .csv");
    }
    List<String> found = files(table);
    if (found.size() > 1) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "TWO_FORMS",
          Place.of(shown + "/" + found.get(0)),
          "the table is in this file and in " + found.get(1) + " too",
          "remove the one that is not current");
    }
    return found.stream().findFirst().map(file -> open(table, file));
  }

  private SourceTable open(String table, String file) {
    CsvProblems problems = new CsvProblems(shown + "/" + file);
    CsvWords words = config.files().getOrDefault(table, config.csv());
    return new CsvTable(
        table, directory.resolve(file), problems, config.dialect(words), words.encoding(), sizes);
  }
}
