package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.List;
import org.consentry.connector.Split;

/**
 * The files of one type of resource, at least one, in their order.
 *
 * @param list the files
 */
record ResourceFiles(List<ResourceFile> list) {

  ResourceFiles {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("there must be a file");
    }
    list = List.copyOf(list);
  }

  ResourceFile first() {
    return list.get(0);
  }

  /** The files as messages show them. */
  String shown() {
    String name = first().problems().file();
    return list.size() == 1 ? name : name + " and " + (list.size() - 1) + " more";
  }

  /** Bytes of all files when they were found. */
  long size() {
    return list.get(list.size() - 1).end();
  }

  /**
   * Cuts the files after line ends.
   *
   * @param splitBytes at which the next line end is a cut
   */
  List<Split> splits(String table, long splitBytes) {
    List<Split> splits = new ArrayList<>();
    long line = 1;
    for (ResourceFile file : list) {
      line = file.cut(table, splitBytes, line, splits);
    }
    return splits;
  }

  /** The file that a split is of. */
  ResourceFile of(Split split) {
    long start = split.bytes().start();
    return list.stream()
        .filter(file -> start >= file.start() && start < file.end())
        .findFirst()
        .orElseThrow(() -> first().problems().changed());
  }
}
