package org.consentry.export.extract;

import java.util.List;
import java.util.Map;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.Tally;
import org.consentry.export.PartitionResult;
import org.consentry.export.sort.SortedTable.Part;

/**
 * The files of one part.
 *
 * @param part the rows of the part
 * @param files its files, one a format
 */
public record PartResult(Part part, List<PartFile> files) implements PartitionResult {

  public PartResult {
    files = List.copyOf(files);
  }

  @Override
  public Tally tally() {
    return new Tally(part.rows(), part.rows(), Map.of(), Map.of(), Map.of(), Map.of());
  }
}
