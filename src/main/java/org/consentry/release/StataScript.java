package org.consentry.release;

import java.util.List;
import java.util.Map;
import org.consentry.release.StatTable.Variable;

/**
 * {@code load.do}: every table in a frame of its own. All columns are read as text and converted
 * afterwards, so that 000 is not 0.
 */
final class StataScript extends StatScript {

  /** The limit of a label of a variable; of others there is none that matters. */
  private static final int LONGEST_LABEL = 80;

  private static final int LONGEST_NOTE = 1000;

  /** A number of more characters is not exact in Stata. */
  private static final int EXACT = 16;

  StataScript() {
    super("* ", "");
  }

  @Override
  void head() {
    comment("Run inside the release folder: do load/load.do");
    comment("It needs Stata 16 or newer and no package. An older Stata stops at \"version 16\".");
    comment("Each table is a frame: frame change NAME. The notes of a variable list its values,");
    comment("where the mapping has them, and why it is empty.");
    add("version 16");
  }

  @Override
  void table(StatTable table, int number) {
    add("capture frame create ", table.legal());
    add("frame change ", table.legal());
    if (table.rows() == 0) {
      add("clear");
      for (int i = 1; i <= table.variables().size(); i++) {
        add("generate str1 v" + i, " = \"\"");
      }
    } else {
      read(table.files());
    }
    for (int i = 1; i <= table.variables().size(); i++) {
      add("rename v" + i, " ", read(i));
    }
    for (int i = 1; i <= table.variables().size(); i++) {
      Variable one = table.variables().get(i - 1);
      convert(one, read(i));
      label(one);
    }
    add("order ", names(table));
  }

  /** The name of a column as text; no other of them begins with it, so none is abbreviated. */
  private static String read(int number) {
    return "_read_" + number + "_";
  }

  private void read(List<String> files) {
    for (int i = 0; i < files.size(); i++) {
      add(
          "import delimited using \"",
          files.get(i),
          "\", delimiters(\",\") varnames(nonames) rowrange(2) stringcols(_all)",
          " bindquotes(strict) maxquotedrows(unlimited) encoding(\"utf-8\") clear");
      if (i > 0) {
        add("tempfile next");
        add("quietly save `next'");
        add("use `before', clear");
        add("append using `next'");
      }
      if (i + 1 < files.size()) {
        add("tempfile before");
        add("quietly save `before'");
      }
    }
  }

  private void convert(Variable one, String read) {
    String name = one.legal();
    switch (one.kind()) {
      case TEXT, CODE -> add("rename ", read, " ", name);
      case INTEGER, DECIMAL -> {
        add("quietly count if strlen(", read, ") > " + EXACT);
        add("if r(N) > 0 rename ", read, " ", name);
        add("else generate double ", name, " = real(", read, ")");
        add("capture drop ", read);
      }
      case DATE -> {
        add("generate double ", name, " = daily(", read, ", \"YMD\")");
        add("format ", name, " %td");
        add("drop ", read);
      }
      case TIMESTAMP -> {
        add(
            "generate double ",
            name,
            " = clock(subinstr(",
            read,
            ", \"T\", \" \", 1), \"YMDhms\")");
        add("format ", name, " %tc");
        add("drop ", read);
      }
    }
  }

  private void label(Variable one) {
    String name = one.legal();
    if (!one.label().isBlank()) {
      add("label variable ", name, " \"", text(one.label(), LONGEST_LABEL), "\"");
    }
    if (one.isText()) {
      one.labels()
          .forEach(
              (value, label) ->
                  add("notes ", name, ": ", text(value + " = " + label, LONGEST_NOTE)));
    } else if (!one.labels().isEmpty()) {
      for (Map.Entry<String, String> label : one.labels().entrySet()) {
        String meaning = text(label.getValue(), LONGEST_NOTE);
        add("label define ", name, " ", label.getKey(), " \"", meaning, "\", modify");
      }
      add("capture confirm numeric variable ", name);
      add("if _rc == 0 label values ", name, " ", name);
    }
    if (!one.values().isEmpty()) {
      add("notes ", name, ": Values: ", text(one.values(), LONGEST_NOTE));
    }
    if (!one.absences().isEmpty()) {
      add("notes ", name, ": Empty: ", one.absences());
    }
  }

  /** A text in a string or a note: what Stata would run is replaced by letters that look alike. */
  private static String text(String text, int most) {
    return StatTable.line(
        text.replace('"', '\u201d')
            .replace('`', '\u2018')
            .replace('$', '\uff04')
            .replace('\\', '\uff3c'),
        most);
  }
}
