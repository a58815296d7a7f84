package org.consentry.data;

import java.util.List;

/**
 * The description of a finished part file.
 *
 * @param rows rows in it
 * @param names its columns, in order
 * @param types their types, in the same order; empty for a format that knows none. A text and a
 *     code are one type to most formats.
 */
public record PartContent(long rows, List<String> names, List<FieldType> types) {

  public PartContent {
    names = List.copyOf(names);
    types = List.copyOf(types);
    if (!types.isEmpty() && types.size() != names.size()) {
      throw new IllegalArgumentException("every column has a type, or none has");
    }
  }
}
