package org.consentry.connector.parquet;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.consentry.data.Field;
import org.consentry.data.Schema;

/**
 * What the footer of a Parquet file has beside its columns: the caller's texts and, for pandas,
 * which shows them as {@code DataFrame.attrs}, the table's name and the description of each column.
 */
public final class ColumnDescriptions {

  /** The key under which pandas keeps a data frame's attributes as JSON. */
  static final String PANDAS_KEY = "PANDAS_ATTRS";

  /** Our own key: the same descriptions for readers that leave pandas' key alone. */
  static final String OWN_KEY = "consentry";

  private ColumnDescriptions() {}

  /** The caller's texts, which win, and ours, in the order of their keys. */
  public static Map<String, String> footer(Schema schema, Map<String, String> metadata) {
    Map<String, String> footer = new TreeMap<>();
    footer.put(PANDAS_KEY, attributes(schema));
    footer.put(OWN_KEY, attributes(schema));
    footer.putAll(metadata);
    return footer;
  }

  private static String attributes(Schema schema) {
    String columns =
        schema.fields().stream()
            .filter(field -> !field.description().isEmpty())
            .map(ColumnDescriptions::entry)
            .collect(Collectors.joining(","));
    return "{\"table\":" + quote(schema.table()) + ",\"columns\":{" + columns + "}}";
  }

  private static String entry(Field field) {
    return quote(field.name()) + ":" + quote(field.description());
  }

  /** A JSON string (RFC 8259, section 7). */
  private static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
