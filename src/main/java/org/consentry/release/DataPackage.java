package org.consentry.release;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.data.Absence;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.IntegerCodes;
import org.consentry.data.PlannedColumn;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Format;
import org.consentry.release.Disclosure.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code datapackage.json}: the release as a Data Package, version 2. One resource per table and
 * form; digests have the prefix {@code sha256:} because a bare one would mean MD5.
 */
final class DataPackage {

  private static final String PROFILES = "https://datapackage.org/profiles/2.0/";

  /** An empty text is a missing value of a required column too, so that its absence is found. */
  private static final String NEVER_EMPTY = "never: no cell of this column is empty";

  private final Disclosure disclosure;
  private final ReleaseFigures figures;
  private final Set<Format> formats = new TreeSet<>();

  private DataPackage(Disclosure disclosure, ReleaseFigures figures) {
    this.disclosure = disclosure;
    this.figures = figures;
    disclosure.files().forEach(file -> formats.add(file.format()));
  }

  static ObjectNode of(Disclosure disclosure, ReleaseFigures figures) {
    return new DataPackage(disclosure, figures).make();
  }

  private ObjectNode make() {
    ObjectNode node = Json.object();
    node.put("$schema", PROFILES + "datapackage.json");
    node.put("name", disclosure.release().job() + "-" + disclosure.release().name());
    node.put("id", disclosure.release().run());
    node.put("title", disclosure.authority().title());
    node.put("description", "See README.md, codebook.html and manifest.html.");
    node.put("version", disclosure.release().name());
    node.put("created", disclosure.release().createdAt().toString());
    ObjectNode terms = node.putArray("licenses").addObject();
    terms.put("path", "README.md").put("title", "Terms of use, as in README.md and manifest.json");
    ArrayNode resources = node.putArray("resources");
    for (Table table : disclosure.tables()) {
      for (Format format : formats) {
        List<DataFile> files =
            table.files().stream().filter(file -> file.format().equals(format)).toList();
        if (!files.isEmpty()) {
          resource(resources.addObject(), table, format, files);
        }
      }
    }
    return node;
  }

  /** A table's resource; where both forms are released, the second has its form in its name. */
  private String nameOf(String table, Format format) {
    String name = table.toLowerCase(Locale.ROOT);
    return formats.size() > 1 && !format.equals(Format.CSV) ? name + "-" + format.word() : name;
  }

  private void resource(ObjectNode node, Table table, Format format, List<DataFile> files) {
    node.put("$schema", PROFILES + "dataresource.json");
    node.put("name", nameOf(table.name(), format));
    if (!table.about().isEmpty()) {
      node.put("description", table.about());
    }
    boolean isEncrypted = files.get(0).isEncrypted();
    if (!isEncrypted) {
      node.put("type", "table");
    }
    if (files.size() == 1) {
      node.put("path", files.get(0).path());
    } else {
      Json.putList(node, "path", files.stream().map(DataFile::path).toList());
    }
    Format outer = isEncrypted ? DataFile.ENCRYPTED : format;
    node.put("format", outer.word());
    node.put("mediatype", outer.mediaType());
    if (isEncrypted) {
      node.putObject("consentry:encrypted")
          .put("decryptBy", ReleaseGuide.DECRYPT)
          .put("format", format.word())
          .put("mediatype", format.mediaType());
    }
    if (format.equals(Format.CSV)) {
      node.put("encoding", "utf-8");
      dialect(node.putObject("dialect"));
    }
    node.put("bytes", files.stream().mapToLong(DataFile::bytes).sum());
    if (files.size() == 1) {
      node.put("hash", "sha256:" + files.get(0).sha256());
    } else {
      ArrayNode parts = node.putArray("parts");
      for (DataFile file : files) {
        ObjectNode part = parts.addObject().put("path", file.path()).put("rows", file.rows());
        part.put("bytes", file.bytes()).put("hash", "sha256:" + file.sha256());
      }
    }
    node.put("rows", files.stream().mapToLong(DataFile::rows).sum());
    schema(node.putObject("schema"), table, format);
  }

  /** RFC 4180, as our CSV is written. */
  private static void dialect(ObjectNode node) {
    node.put("$schema", PROFILES + "tabledialect.json");
    node.put("header", true).put("delimiter", ",").put("lineTerminator", "\r\n");
    node.put("quoteChar", "\"").put("doubleQuote", true);
  }

  private void schema(ObjectNode node, Table table, Format format) {
    node.put("$schema", PROFILES + "tableschema.json");
    ArrayNode fields = node.putArray("fields");
    for (PlannedColumn column : table.released()) {
      column
          .released()
          .ifPresent(output -> field(fields.addObject(), table, column, output, format));
    }
    if (!table.key().isEmpty()) {
      Json.putList(node, "primaryKey", table.key());
    }
    List<Disclosure.Reference> references = resolvable(table, format);
    if (!references.isEmpty()) {
      ArrayNode keys = node.putArray("foreignKeys");
      for (Disclosure.Reference reference : references) {
        ObjectNode key = keys.addObject();
        Json.putList(key, "fields", reference.columns());
        ObjectNode target = key.putObject("reference");
        target.put("resource", nameOf(reference.table(), format));
        Json.putList(target, "fields", reference.keys());
      }
    }
  }

  private List<Disclosure.Reference> resolvable(Table table, Format format) {
    List<Disclosure.Reference> found = new ArrayList<>();
    for (Disclosure.Reference reference : table.references()) {
      boolean present =
          disclosure.tables().stream()
              .filter(other -> other.name().equals(reference.table()))
              .anyMatch(
                  other -> other.files().stream().anyMatch(file -> file.format().equals(format)));
      if (present) {
        found.add(reference);
      }
    }
    return found;
  }

  private void field(
      ObjectNode node, Table table, PlannedColumn column, Released output, Format format) {
    node.put("name", output.name());
    node.put("type", ManifestStatement.plainType(output.type()));
    String escaped = escaped(table, output, format);
    ObjectNode constraints = constraints(column, output);
    if (escaped.isEmpty()) {
      values(constraints, column, output);
    }
    if (!constraints.isEmpty()) {
      node.set("constraints", constraints);
    }
    node.put("description", description(column, output) + escaped);
    if (!column.texts().unit().isEmpty()) {
      node.put("unit", column.texts().unit());
    }
    if (!column.note().labels().isEmpty()) {
      Json.putAll(node.putObject("labels"), column.note().labels());
    }
    List<String> absences = ManifestStatement.absenceWords(output);
    node.putArray("missingValues")
        .addObject()
        .put("value", "")
        .put("label", absences.isEmpty() ? NEVER_EMPTY : String.join("; or ", absences));
    figures
        .of(table.name(), output.name())
        .ifPresent(
            shown ->
                FigureWords.put(
                    node.putObject("consentry:figures"),
                    shown,
                    EmptyCells.of(shown, output.absences(), counted(table, output))));
  }

  /** A column is required only where the codebook lists no reason for an empty cell. */
  private static ObjectNode constraints(PlannedColumn column, Released output) {
    ObjectNode constraints = Json.object();
    if (output.absences().isEmpty()) {
      constraints.put("required", true);
    }
    output.limits().ifPresent(limits -> constraints.put("maxLength", limits.maxLength()));
    String prefix = column.note().parameters().get("prefix");
    if (column.effect() instanceof Effect.Code && output.type().equals(FieldType.INTEGER)) {
      constraints.put("minimum", IntegerCodes.LEAST).put("maximum", IntegerCodes.GREATEST);
    } else if (column.effect() instanceof Effect.Code && prefix != null) {
      constraints.put("pattern", new CodeForm(prefix).pattern());
    }
    return constraints;
  }

  /** The values that a column can have, where they can be listed. */
  private static void values(ObjectNode constraints, PlannedColumn column, Released output) {
    if (column.listed().isEmpty()) {
      return;
    }
    ArrayNode list = constraints.putArray("enum");
    for (String value : column.listed()) {
      if (output.type().kind() == FieldType.Kind.INTEGER) {
        list.add(Long.parseLong(value));
      } else {
        list.add(value);
      }
    }
  }

  /** The figures of cells that the run emptied. */
  private Map<Absence, String> counted(Table table, Released output) {
    Map<Absence, String> counted = new EnumMap<>(Absence.class);
    if (output.absences().contains(Absence.WITHHELD)) {
      counted.put(Absence.WITHHELD, figure(table, Absence.WITHHELD, output));
    }
    if (output.countsBlanked()) {
      counted.put(Absence.BLANKED, figure(table, Absence.BLANKED, output));
    }
    return counted;
  }

  private String figure(Table table, Absence absence, Released output) {
    return disclosure.figures().of(table.name(), absence.of(output.name())).shown();
  }

  /** What a reader of CSV files must take away from some texts. */
  private String escaped(Table table, Released output, Format format) {
    boolean escapes =
        format.equals(Format.CSV)
            && disclosure.formulas() == Disclosure.Formulas.ESCAPE
            && table.rows().formulas().containsKey(output.name());
    return escapes
        ? " A single quote before =, +, -, @, a tab or a line break is no part of the value."
        : "";
  }

  private static String description(PlannedColumn column, Released output) {
    String done = column.note().done() + " " + column.note().survives();
    String description = output.field().description();
    return description.isEmpty() ? done.strip() : description + ". " + done;
  }
}
