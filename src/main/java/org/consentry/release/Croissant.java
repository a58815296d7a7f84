package org.consentry.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Format;
import org.consentry.release.Disclosure.Table;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code croissant.json}: the release in MLCommons' Croissant format, version 1.1 of 2026-01-29,
 * with the conditions of use as terms of the GA4GH Data Use Ontology. A table is a record set that
 * reads the CSV files, or the Parquet files where there is no CSV.
 */
final class Croissant {

  private static final String VERSION = "http://mlcommons.org/croissant/1.1";
  private static final String DUO = "http://purl.obolibrary.org/obo/DUO_";

  /** Words of the context whose name is that of the vocabulary (appendix 1 of the format). */
  private static final List<String> WORDS =
      List.of(
          "citeAs",
          "column",
          "containedIn",
          "extract",
          "field",
          "fileObject",
          "fileSet",
          "includes",
          "key",
          "recordSet",
          "references",
          "source");

  private final Disclosure disclosure;

  private Croissant(Disclosure disclosure) {
    this.disclosure = disclosure;
  }

  static ObjectNode of(Disclosure disclosure) {
    return new Croissant(disclosure).make();
  }

  private ObjectNode make() {
    ObjectNode node = Json.object();
    context(node.putObject("@context"));
    node.put("@type", "sc:Dataset");
    node.put("conformsTo", VERSION);
    node.put("name", disclosure.release().job() + "-" + disclosure.release().name());
    node.put("description", disclosure.authority().title() + ". See README.md and codebook.html.");
    node.put("url", "README.md");
    node.put("license", "README.md");
    node.put("version", disclosure.release().name());
    node.put("datePublished", disclosure.release().createdAt().toString());
    node.putObject("creator")
        .put("@type", "sc:Organization")
        .put("name", "the clinic that signed manifest.json");
    usage(node.putArray("usageInfo"));
    ArrayNode files = node.putArray("distribution");
    disclosure.tables().forEach(table -> distribution(files, table));
    ArrayNode records = node.putArray("recordSet");
    disclosure.tables().stream()
        .filter(table -> !table.files().isEmpty())
        .forEach(table -> records(records.addObject(), table));
    return node;
  }

  private static void context(ObjectNode node) {
    node.put("@language", "en").put("@vocab", "http://schema.org/");
    node.put("sc", "http://schema.org/").put("cr", "http://mlcommons.org/croissant/");
    node.put("dct", "http://purl.org/dc/terms/").put("conformsTo", "dct:conformsTo");
    node.put("duo", DUO);
    WORDS.forEach(word -> node.put(word, "cr:" + word));
    node.putObject("dataType").put("@id", "cr:dataType").put("@type", "@vocab");
  }

  /** What the recipient may do, as terms of DUO; the terms of README.md in a program's words. */
  private void usage(ArrayNode terms) {
    used().forEach((code, name) -> term(terms.addObject(), code, name));
  }

  private Map<String, String> used() {
    Map<String, String> used = new LinkedHashMap<>();
    Disclosure.Authority authority = disclosure.authority();
    if (authority.studyFacts().containsKey("diseases")) {
      used.put("0000007", "disease specific research");
    } else if (authority.studyFacts().getOrDefault("purpose", "").equals("HRESCH")) {
      used.put("0000006", "health or medical or biomedical research");
    }
    if (!authority.board().isEmpty()) {
      used.put("0000021", "ethics approval required");
    }
    if (authority.agreement().containsKey("destroyBy")) {
      used.put("0000025", "time limit on use");
    }
    used.put("0000026", "user specific restriction");
    used.put("0000027", "project specific restriction");
    return used;
  }

  private static void term(ObjectNode node, String code, String name) {
    node.put("@type", "sc:DefinedTerm").put("name", name);
    node.put("termCode", "DUO_" + code).put("url", DUO + code);
  }

  private static void distribution(ArrayNode files, Table table) {
    for (DataFile file : table.files()) {
      ObjectNode node = files.addObject();
      node.put("@type", "cr:FileObject").put("@id", file.path());
      node.put("name", file.path()).put("contentUrl", file.path());
      node.put("contentSize", file.bytes() + " B");
      node.put("encodingFormat", media(file.format())).put("sha256", file.sha256());
    }
    Format format = read(table);
    List<DataFile> parts = parts(table, format);
    if (parts.size() > 1) {
      ObjectNode node = files.addObject();
      node.put("@type", "cr:FileSet").put("@id", setOf(table));
      node.put("name", setOf(table)).put("encodingFormat", media(format));
      ArrayNode contained = node.putArray("containedIn");
      parts.forEach(part -> contained.addObject().put("@id", part.path()));
      Json.putList(node, "includes", parts.stream().map(DataFile::path).toList());
    }
  }

  /** RFC 4180 for CSV; Parquet's registered type. */
  private static String media(Format format) {
    return format.equals(Format.CSV) ? "text/csv" : "application/vnd.apache.parquet";
  }

  private static String setOf(Table table) {
    return "files/" + table.name();
  }

  private static Format read(Table table) {
    boolean csv = table.files().stream().anyMatch(file -> file.format().equals(Format.CSV));
    return csv || table.files().isEmpty() ? Format.CSV : table.files().get(0).format();
  }

  private static List<DataFile> parts(Table table, Format format) {
    return table.files().stream().filter(file -> file.format().equals(format)).toList();
  }

  private void records(ObjectNode node, Table table) {
    node.put("@type", "cr:RecordSet").put("@id", table.name()).put("name", table.name());
    if (!table.about().isEmpty()) {
      node.put("description", table.about());
    }
    if (!table.key().isEmpty()) {
      ArrayNode key = node.putArray("key");
      table.key().forEach(column -> key.addObject().put("@id", id(table.name(), column)));
    }
    ArrayNode fields = node.putArray("field");
    for (PlannedColumn column : table.released()) {
      column.released().ifPresent(output -> field(fields.addObject(), table, column, output));
    }
  }

  private static String id(String table, String column) {
    return table + "/" + column;
  }

  private void field(ObjectNode node, Table table, PlannedColumn column, Released output) {
    node.put("@type", "cr:Field").put("@id", id(table.name(), output.name()));
    node.put("name", output.name());
    List<String> meaning = new ArrayList<>();
    if (!output.field().description().isEmpty()) {
      meaning.add(output.field().description() + ".");
    }
    meaning.add(column.note().done());
    node.put("description", String.join(" ", meaning));
    node.put("dataType", type(output.type()));
    ObjectNode source = node.putObject("source");
    List<DataFile> parts = parts(table, read(table));
    if (parts.size() > 1) {
      source.putObject("fileSet").put("@id", setOf(table));
    } else {
      source.putObject("fileObject").put("@id", parts.get(0).path());
    }
    source.putObject("extract").put("column", output.name());
    references(node, table, output.name());
  }

  private void references(ObjectNode node, Table table, String column) {
    for (Disclosure.Reference reference : table.references()) {
      boolean present =
          disclosure.tables().stream()
              .anyMatch(
                  other -> other.name().equals(reference.table()) && !other.files().isEmpty());
      if (present && reference.columns().equals(List.of(column))) {
        node.putObject("references").put("@id", id(reference.table(), reference.keys().get(0)));
      }
    }
  }

  private static String type(FieldType type) {
    return switch (type.kind()) {
      case TEXT, CODE -> "sc:Text";
      case INTEGER -> "sc:Integer";
      case DECIMAL -> "sc:Float";
      case DATE -> "sc:Date";
      case TIMESTAMP -> "sc:DateTime";
    };
  }
}
