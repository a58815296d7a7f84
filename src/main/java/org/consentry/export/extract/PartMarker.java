package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.Sha256;
import org.consentry.export.sort.SortedTable.Part;

/**
 * Records what the files of one part must contain. Written after the files and their folder are on
 * the disk. Contains counts and digests, nothing of a patient, and ends with a digest of itself.
 *
 * @param basis digest over everything the part depends on: decisions, plan, keys, all splits
 * @param table name of the table
 * @param part the rows of the part
 * @param files its files, one a format
 */
public record PartMarker(String basis, String table, Part part, List<PartFile> files) {

  private static final String FORMAT = "consentry-part-marker-1";

  public PartMarker {
    files = List.copyOf(files);
  }

  /** Writes the marker as text, one word and its values a line. */
  public String toText() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("basis ").append(basis).append('\n');
    text.append("part ").append(table).append(' ').append(part.number()).append(' ');
    text.append(part.from()).append(' ').append(part.to()).append('\n');
    for (PartFile file : files) {
      text.append("file ").append(file.rows()).append(' ').append(file.bytes()).append(' ');
      text.append(file.sha256()).append('\n');
    }
    return text.append("end ").append(Sha256.hex(text.toString())).append('\n').toString();
  }

  /**
   * Reads the files of a marker text, if it is about this part on this basis.
   *
   * @return empty when the text is damaged or is about something else, so that the part is written
   *     again
   */
  public static Optional<List<PartFile>> parse(String text, String basis, String table, Part part) {
    List<PartFile> files = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("file") && words.length == 4) {
        try {
          files.add(new PartFile(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]));
        } catch (NumberFormatException damaged) {
          return Optional.empty();
        }
      }
    }
    return new PartMarker(basis, table, part, files).toText().equals(text)
        ? Optional.of(List.copyOf(files))
        : Optional.empty();
  }
}
