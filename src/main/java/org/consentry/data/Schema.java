package org.consentry.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The released columns of one table, in order.
 *
 * @param table name of the table
 * @param fields at least one; names differ
 */
public record Schema(String table, List<Field> fields) {

  public Schema {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a schema has at least one field");
    }
    Set<String> names = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException("two fields are named " + field.name());
      }
    }
  }
}
