package org.consentry.release;

import java.util.LinkedHashMap;
import java.util.Map;
import org.consentry.release.StatTable.Variable;

/** {@code load.sas}: every table as a data set of the library WORK. */
final class SasScript extends StatScript {

  private static final int LONGEST_LABEL = 200;
  private static final int LONGEST_ATTRIBUTE = 4000;

  /** No legal name ends with this letter. */
  private static final String PART = "work.part_";

  SasScript() {
    super("/* ", " */");
  }

  @Override
  void head() {
    comment("Run inside the release folder with Base SAS 9.4 or newer in a UTF-8 session.");
    comment("It needs no package. Set the folder first, when SAS has another: DLGCDIR or X CD.");
    comment("Each table is a data set of WORK. The attribute empty is why a cell may be empty;");
    comment("the attribute values has all values, where the mapping lists them.");
    comment("Texts with a line break CR LF are not read this way, and of a long text the first");
    comment(
        StatTable.LONGEST_TEXT
            + " bytes. Numbers keep 15 digits; days before 1582-01-01 are missing.");
  }

  @Override
  void table(StatTable table, int number) {
    String data = "work." + table.legal();
    for (int i = 0; i < table.files().size(); i++) {
      add("data ", i == 0 ? data : PART, ";");
      read(table, table.files().get(i));
      add("run;");
      if (i > 0) {
        add("proc append base=", data, " data=", PART, "; run;");
        add("proc delete data=", PART, "; run;");
      }
    }
    attributes(table, "f" + number);
  }

  private void read(StatTable table, String file) {
    add("  infile '", file, "' dsd dlm=',' truncover firstobs=2 lrecl=1048576");
    add("    termstr=crlf encoding='utf-8';");
    for (Variable one : table.variables()) {
      String length = one.isText() ? "$" + one.width() : "8";
      String label = StatTable.quoted(one.label(), LONGEST_LABEL);
      add("  attrib ", one.legal(), " length=", length, " ", form(one));
      add(one.label().isBlank() ? "    ;" : "    label=" + label + ";");
    }
    add("  input");
    table.variables().forEach(one -> add("    ", one.legal()));
    add("  ;");
  }

  private static String form(Variable one) {
    return switch (one.kind()) {
      case TEXT, CODE -> "informat=$" + one.width() + ".";
      case INTEGER, DECIMAL -> "informat=best32. format=best32.";
      case DATE -> "informat=yymmdd10. format=yymmdd10.";
      case TIMESTAMP -> "informat=e8601dt26.6 format=e8601dt26.6";
    };
  }

  private void attributes(StatTable table, String prefix) {
    Map<Variable, String> formats = new LinkedHashMap<>();
    for (Variable one : table.variables()) {
      if (!one.labels().isEmpty()) {
        String name = (one.isText() ? "$" : "") + prefix + "v" + formats.size() + "_";
        formats.put(one, name);
        values(one, name);
      }
    }
    add("proc datasets library=work nolist;");
    add("  modify ", table.legal(), ";");
    formats.forEach((one, name) -> add("  format ", one.legal(), " ", name, ".;"));
    for (Variable one : table.variables()) {
      attribute(one, "values", one.values());
      attribute(one, "empty", one.absences());
    }
    add("quit;");
  }

  private void attribute(Variable one, String attribute, String text) {
    if (!text.isEmpty()) {
      String quoted = StatTable.quoted(text, LONGEST_ATTRIBUTE);
      add("  xattr set var ", one.legal(), " (", attribute, "=", quoted, ");");
    }
  }

  /** A format; its name does not end with a digit. */
  private void values(Variable one, String format) {
    add("proc format;");
    add("  value ", format);
    one.labels()
        .forEach(
            (value, label) ->
                add(
                    "    ",
                    one.isText() ? StatTable.quoted(value, LONGEST_LABEL) : value,
                    "=",
                    StatTable.quoted(label, LONGEST_LABEL)));
    add("  ;");
    add("run;");
  }
}
