package org.consentry.export.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.export.scan.CellSearch.Place;

/** Texts of a file that are no cells, line by line and by the place they are in. For one thread. */
final class TextScan {

  /** A longer line is searched in pieces that overlap by {@link #OVERLAP} characters. */
  private static final int PIECE = 1 << 16;

  private static final int OVERLAP = 256;
  private static final int LONGEST_NAME = 100;

  private final IdentifierSet set;
  private final ScanRules rules;
  private final CellSearch search;
  private final String file;
  private final Place place;
  private final Map<String, ColumnScan> places = new LinkedHashMap<>();
  private long row;

  TextScan(IdentifierSet set, ScanRules rules, String file, Place place) {
    this.set = set;
    this.rules = rules;
    this.file = file;
    this.place = place;
    search = new CellSearch(set, rules);
  }

  /** Names as findings show them: a name that is a finding itself, or very long, is left empty. */
  static List<String> shown(List<String> names, IdentifierSet set, ScanRules rules) {
    List<String> all = new ArrayList<>();
    for (String name : names) {
      TextScan alone = new TextScan(set, rules, "", Place.TEXT);
      alone.line("", name);
      all.add(alone.findings().isEmpty() && name.length() <= LONGEST_NAME ? name : "");
    }
    return all;
  }

  /** Searches all lines of a text. */
  void text(String where, String text) {
    int from = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', from)) {
      line(where, text.substring(from, i));
      from = i + 1;
    }
    line(where, text.substring(from));
  }

  /** Searches a line. */
  void line(String where, String line) {
    row++;
    ColumnScan scan = places.computeIfAbsent(where, first -> new ColumnScan(set, search, place));
    int from = 0;
    while (line.length() - from > PIECE) {
      scan.text(line.substring(from, from + PIECE), row);
      from += PIECE - OVERLAP;
    }
    scan.text(line.substring(from), row);
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    places.forEach((where, scan) -> found.addAll(scan.findings(file, where, rules)));
    return found;
  }
}
