package org.consentry.release;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.consentry.release.StatTable.Variable;

/** A script of one program: its lines in the order in which they are added. */
abstract class StatScript {

  private final List<String> lines = new ArrayList<>();
  private final String begin;
  private final String end;

  /** A script whose comments of one line begin and end with these. */
  StatScript(String begin, String end) {
    this.begin = begin;
    this.end = end;
  }

  /**
   * The script of some tables; a script is made once.
   *
   * @param notes lines for its reader
   */
  final List<String> of(List<StatTable> tables, List<String> notes) {
    head();
    notes.forEach(this::comment);
    renamed(tables);
    for (int i = 0; i < tables.size(); i++) {
      table(tables.get(i), i);
    }
    return lines;
  }

  /** What the script needs and how it is run. */
  abstract void head();

  /** Everything about one table. */
  abstract void table(StatTable table, int number);

  final void add(String... parts) {
    lines.add(String.join("", parts));
  }

  final void comment(String... parts) {
    add(begin, String.join("", parts), end);
  }

  /** The names of the columns, separated by blanks. */
  static String names(StatTable table) {
    return table.variables().stream().map(Variable::legal).collect(Collectors.joining(" "));
  }

  /** Comments that list the tables and columns with another name in these programs. */
  private void renamed(List<StatTable> tables) {
    for (StatTable table : tables) {
      if (!table.legal().equals(table.name())) {
        comment("table ", plain(table.name()), " is ", table.legal());
      }
      for (Variable one : table.variables()) {
        String name = one.output().name();
        if (!one.legal().equals(name)) {
          comment(table.legal(), ": column ", plain(name), " is ", one.legal());
        }
      }
    }
  }

  /** A name in a comment: letters, digits, blanks, {@code _} and {@code -} alone. */
  private static String plain(String name) {
    return name.replaceAll("[^\\p{L}\\p{N} _-]", "?");
  }
}
