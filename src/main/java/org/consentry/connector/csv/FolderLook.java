package org.consentry.connector.csv;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consentry.config.CsvWords;
import org.consentry.config.CsvWords.Delimiter;
import org.consentry.config.Encoding;
import org.consentry.connector.CsvFolderForm;
import org.consentry.connector.CsvFolderForm.Stated;

/**
 * What the CSV files of a folder look like, for a draft that a person reads: what most of them
 * agree on, and those that differ. A file that is ASCII to its end agrees with every encoding, and
 * one of a single column with every delimiter.
 */
public final class FolderLook {

  private static final String COMMA = ",";

  private final Map<String, CsvLook> looks = new LinkedHashMap<>();

  /** The file of each. */
  private final Map<String, Path> paths = new HashMap<>();

  private final Stated stated;

  private FolderLook(Stated stated) {
    this.stated = stated;
  }

  /**
   * Looks at the first bytes of files.
   *
   * @param files their names; those that cannot be read and those of UTF-16 are left out
   * @param stated what a person knows of all of them
   */
  public static CsvFolderForm of(Path folder, List<String> files, Stated stated) {
    FolderLook found = new FolderLook(stated);
    for (String file : files) {
      CsvForm.of(file)
          .ifPresent(
              form ->
                  CsvLook.of(folder.resolve(file), form)
                      .filter(look -> look.text() != CsvLook.Text.WIDE)
                      .ifPresent(
                          look -> {
                            found.looks.put(form.table(file), look);
                            found.paths.put(form.table(file), folder.resolve(file));
                          }));
    }
    return found.form();
  }

  private CsvFolderForm form() {
    char delimiter = most(CsvLook::delimiter).orElse(COMMA.charAt(0));
    Encoding encoding = most(look -> encoding(look.text())).orElse(Encoding.UTF_8);
    CsvWords usual = words(delimiter, encoding);
    Map<String, CsvWords> others = new HashMap<>();
    looks.forEach(
        (table, look) -> {
          CsvWords own =
              words(
                  look.delimiter().orElse(delimiter),
                  encoding(look.text()).or(() -> beyond(table, encoding)).orElse(encoding));
          if (!own.equals(usual)) {
            others.put(table, own);
          }
        });
    return new CsvFolderForm(usual, others);
  }

  /** What most files have that show it; of as many the first in the order of values. */
  private <T extends Comparable<T>> Optional<T> most(Function<CsvLook, Optional<T>> part) {
    Map<T, Long> counts =
        looks.values().stream()
            .map(part)
            .flatMap(Optional::stream)
            .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    return counts.entrySet().stream()
        .min(
            Map.Entry.<T, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  /** The encoding that bytes show; empty for ASCII. */
  private static Optional<Encoding> encoding(CsvLook.Text text) {
    return switch (text) {
      case ASCII, WIDE -> Optional.empty();
      case UTF_8 -> Optional.of(Encoding.UTF_8);
      case OTHER -> Optional.of(Encoding.WINDOWS_1252);
    };
  }

  /**
   * What a file shows after the bytes that were looked at. It matters where another encoding than
   * UTF-8 would be stated, because that reads all bytes, and a wrong letter is not seen.
   */
  private Optional<Encoding> beyond(String table, Encoding usual) {
    if (usual == Encoding.UTF_8 || stated.encoding().isPresent()) {
      return Optional.empty();
    }
    Path file = Objects.requireNonNull(paths.get(table));
    return CsvLook.ofAll(file, CsvForm.ofAny(String.valueOf(file.getFileName())))
        .map(FolderLook::encoding)
        .orElse(Optional.of(Encoding.UTF_8));
  }

  private CsvWords words(char delimiter, Encoding encoding) {
    String between = stated.delimiter().map(Delimiter::text).orElse(String.valueOf(delimiter));
    return new CsvWords(
        stated.encoding().orElse(encoding),
        Optional.of(between).filter(text -> !text.equals(COMMA)).map(Delimiter::new),
        Optional.empty());
  }
}
