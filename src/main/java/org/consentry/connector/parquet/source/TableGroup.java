package org.consentry.connector.parquet.source;

import java.util.ArrayList;
import java.util.List;
import org.consentry.connector.parquet.source.FileFooter.RowGroup;

/**
 * A row group with rows.
 *
 * @param number in its file
 * @param firstRow rows of the table before it
 */
record TableGroup(ParquetFile file, int number, long firstRow) {

  /** Those of all files, in order. */
  static List<TableGroup> of(List<ParquetFile> files) {
    List<TableGroup> groups = new ArrayList<>();
    long row = 0;
    for (ParquetFile file : files) {
      for (int number = 0; number < file.footer().rowGroups().size(); number++) {
        TableGroup group = new TableGroup(file, number, row);
        if (group.rows().rows() > 0) {
          groups.add(group);
        }
        row += group.rows().rows();
      }
    }
    return List.copyOf(groups);
  }

  /** What the footer states about it. */
  RowGroup rows() {
    return file.footer().rowGroups().get(number);
  }

  /** The digest of each as the files have them now; a file is opened once. */
  static int[] digests(List<TableGroup> groups) {
    int[] digests = new int[groups.size()];
    for (int i = 0; i < digests.length; ) {
      ParquetFile file = groups.get(i).file();
      try (FileBytes bytes = file.open()) {
        for (; i < digests.length && groups.get(i).file().path().equals(file.path()); i++) {
          digests[i] = file.digest(bytes, groups.get(i).rows());
        }
      }
    }
    return digests;
  }
}
