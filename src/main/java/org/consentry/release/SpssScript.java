package org.consentry.release;

import java.util.List;
import org.consentry.data.FieldType;
import org.consentry.release.StatTable.Variable;

/** {@code load.sps}: every table as a dataset, for SPSS and GNU PSPP. */
final class SpssScript extends StatScript {

  private static final int LONGEST_LABEL = 120;
  private static final int LONGEST_ATTRIBUTE = 200;
  private static final int LONGEST_VALUE = 60;

  /** No legal name has this letter. */
  private static final String MOMENT = "@time";

  SpssScript() {
    super("* ", ".");
  }

  @Override
  void head() {
    comment("Encoding: UTF-8");
    add("* Run inside the release folder with SPSS 24 or newer, or with GNU PSPP 1.4 or newer:");
    add("  it needs no package. Set the folder first, when the program has another: CD 'FOLDER'.");
    comment("Each table is a dataset. The attribute empty of a variable is why it may be missing");
    comment("The attribute values has all values of a variable, where the mapping lists them");
    add("* Texts with a line break are not read this way, and of a long text the first");
    add(
        "  "
            + StatTable.LONGEST_TEXT
            + " bytes. Numbers keep 15 digits; days before 1582-10-15 are missing.");
  }

  @Override
  void table(StatTable table, int number) {
    String names = names(table);
    for (int i = 0; i < table.files().size(); i++) {
      read(table, table.files().get(i));
      table.variables().forEach(this::moment);
      table.variables().forEach(this::label);
      String before = i > 0 ? "/FILE=" + table.legal() + " " : "";
      add("ADD FILES ", before, "/FILE=* /KEEP=", names, ".");
      add("EXECUTE.");
      add("DATASET COPY ", table.legal(), ".");
    }
  }

  private void read(StatTable table, String file) {
    add("GET DATA /TYPE=TXT /FILE='", file, "' /ENCODING='UTF8'");
    add("  /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='\"' /FIRSTCASE=2");
    add("  /VARIABLES=");
    for (Variable one : table.variables()) {
      add("  ", one.legal(), " ", form(one));
    }
    add("  .");
  }

  private static String form(Variable one) {
    return switch (one.kind()) {
      case TEXT, CODE -> "A" + one.width();
      case INTEGER -> "F20.0";
      case DECIMAL -> "F20." + one.output().type().scale();
      case DATE -> "SDATE10";
      case TIMESTAMP -> "A26";
    };
  }

  /** Makes a moment of its text: no format reads ISO 8601. */
  private void moment(Variable one) {
    if (one.kind() != FieldType.Kind.TIMESTAMP) {
      return;
    }
    String name = one.legal();
    String part = "NUMBER(SUBSTR(" + name + ",";
    add("NUMERIC ", MOMENT, " (DATETIME23.2).");
    add("IF (", name, " NE '') ", MOMENT, " = ");
    add("  DATE.DMY(", part, "9,2),F2), ", part, "6,2),F2),");
    add("  ", part, "1,4),F4)) + 3600 * ", part, "12,2),F2)");
    add("  + 60 * ", part, "15,2),F2) + ", part, "18),F9).");
    add("EXECUTE.");
    add("DELETE VARIABLES ", name, ".");
    add("RENAME VARIABLES (", MOMENT, " = ", name, ").");
  }

  private void label(Variable one) {
    String name = one.legal();
    if (!one.label().isBlank()) {
      add("VARIABLE LABELS ", name, " ", StatTable.quoted(one.label(), LONGEST_LABEL), ".");
    }
    one.labels()
        .forEach(
            (value, label) ->
                add(
                    "ADD VALUE LABELS ",
                    name,
                    " ",
                    one.isText() ? StatTable.quoted(value, LONGEST_VALUE) : value,
                    " ",
                    StatTable.quoted(label, LONGEST_VALUE),
                    "."));
    List<String> values = one.column().listed();
    for (int i = 0; i < values.size(); i++) {
      attribute(name, "values[" + (i + 1) + "]", values.get(i));
    }
    if (!one.absences().isEmpty()) {
      attribute(name, "empty", one.absences());
    }
  }

  private void attribute(String name, String attribute, String text) {
    add("VARIABLE ATTRIBUTE VARIABLES=", name);
    add("  ATTRIBUTE=", attribute, "(", StatTable.quoted(text, LONGEST_ATTRIBUTE), ").");
  }
}
