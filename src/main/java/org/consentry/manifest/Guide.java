package org.consentry.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.manifest.Disclosure.DataFile;
import org.consentry.manifest.Disclosure.Format;
import org.consentry.manifest.Disclosure.Table;

/** The texts that help a researcher: README and how to load the data. */
final class Guide {

  private final Disclosure disclosure;
  private final String fingerprint;
  private final String principal;
  private final StringBuilder text = new StringBuilder();

  private Guide(Disclosure disclosure, String principal, String fingerprint) {
    this.disclosure = disclosure;
    this.principal = principal;
    this.fingerprint = fingerprint;
  }

  static byte[] readme(Disclosure disclosure, String principal, String fingerprint) {
    Guide guide = new Guide(disclosure, principal, fingerprint);
    guide.about();
    guide.contents();
    guide.terms();
    guide.check();
    return guide.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Guide say(String line) {
    text.append(line).append('\n');
    return this;
  }

  private void about() {
    Disclosure.Authority authority = disclosure.authority();
    say("# " + authority.title()).say("");
    say("- Study: " + authority.study());
    say("- Release: " + disclosure.release().job() + ", " + disclosure.release().name());
    say("- For: " + authority.recipient());
    say("- Made: " + disclosure.release().createdAt());
    say("- Ages and buckets refer to: " + disclosure.release().referenceDate());
    disclosure.release().replaces().ifPresent(other -> say("- Replaces release " + other.name()));
    say("");
  }

  private void contents() {
    say("## What is here").say("").say("| table | rows | files |").say("|---|---|---|");
    for (Table table : disclosure.tables()) {
      String first = table.files().get(0).path();
      int more = table.files().size() - 1;
      say(
          "| "
              + table.name()
              + " | "
              + table.rows().released()
              + " | `"
              + first
              + "`"
              + (more == 0 ? "" : " and " + more + " more")
              + " |");
    }
    say("");
    say("`codebook.html` and `.csv` say what each column means, what was done to it and what");
    say(
        "survives. `flow.svg` and `.csv` say how many were left out and why. `datapackage.json` has types and keys.");
    say(
        "`load/` opens the tables in R, pandas and DuckDB. `manifest.json` is the signed statement");
    say("of this disclosure, `manifest.html` the same for people.").say("");
    say("An empty cell may be missing in the clinic's records, withheld because the patient's");
    say(
        "consent does not cover the column, or removed because it was not valid; the codebook says");
    say("which of these a column can have.").say("");
  }

  private void terms() {
    say("## Terms of use").say("");
    disclosure.authority().terms().forEach(term -> say("- " + term));
    if (disclosure.authority().terms().isEmpty()) {
      say("- See the agreement with the clinic.");
    }
    say("").say("## Citation").say("");
    say(
        disclosure.authority().title()
            + " ("
            + disclosure.authority().study()
            + "), release "
            + disclosure.release().name()
            + ".");
    say("");
  }

  private void check() {
    say("## How to check it").say("").say("In this folder:").say("").say("```sh");
    commands("allowed_signers", principal).forEach(this::say);
    say("```").say("");
    say("The first shows that nothing was changed, the others that the clinic signed it. The key");
    say("must be the one the clinic told you by another way; here it says it is");
    say("`" + fingerprint + "`.");
  }

  /** The stock commands that check a release; run inside its folder. */
  static List<String> commands(String signers, String principal) {
    return List.of(
        "sha256sum -c SHA256SUMS",
        command(signers, principal, ReleaseFiles.SUMS),
        command(signers, principal, ReleaseFiles.MANIFEST));
  }

  /** The stock command that checks the signature over a file; run inside its folder. */
  static String command(String signers, String principal, String file) {
    return "ssh-keygen -Y verify -f "
        + signers
        + " -I "
        + principal
        + " -n consentry-manifest -s "
        + file
        + ".sig < "
        + file;
  }

  /** Loader snippets by path; each is run inside the release folder. */
  static Map<String, byte[]> loaders(Disclosure disclosure) {
    StringBuilder r = new StringBuilder("# Run inside the release folder.\n");
    StringBuilder python =
        new StringBuilder("# Run inside the release folder.\nimport pandas as pd\n\n");
    StringBuilder duckdb = new StringBuilder("-- Run inside the release folder.\n");
    for (Table table : disclosure.tables()) {
      boolean parquet = table.files().stream().anyMatch(file -> file.format() == Format.PARQUET);
      Format format = parquet ? Format.PARQUET : Format.CSV;
      List<String> files =
          table.files().stream()
              .filter(file -> file.format() == format)
              .map(DataFile::path)
              .map(path -> '"' + path + '"')
              .toList();
      String name = table.name().replaceAll("[^A-Za-z0-9_]", "_");
      String list = String.join(", ", files);
      r.append(r(name, list, format));
      python.append(python(table, name, list, format));
      duckdb.append(duckdb(table, name, list.replace('"', '\''), format));
    }
    Map<String, byte[]> loaders = new TreeMap<>();
    loaders.put("load/load.R", bytes(r));
    loaders.put("load/load.py", bytes(python));
    loaders.put("load/load.sql", bytes(duckdb));
    return loaders;
  }

  private static String r(String name, String files, Format format) {
    String read = format == Format.PARQUET ? "arrow::read_parquet" : "readr::read_csv";
    return name + " <- do.call(rbind, lapply(c(" + files + "), " + read + "))\n";
  }

  private static String python(Table table, String name, String files, Format format) {
    if (format == Format.PARQUET) {
      return name + " = pd.concat([pd.read_parquet(f) for f in [" + files + "]])\n";
    }
    return name
        + " = pd.concat([pd.read_csv(f, dtype="
        + strings(table)
        + ", parse_dates="
        + dates(table)
        + ") for f in ["
        + files
        + "]])\n";
  }

  /** Codes stay text: 000 is not 0. Integers with gaps stay integers. */
  private static String strings(Table table) {
    StringBuilder types = new StringBuilder("{");
    for (Disclosure.Column column : table.released()) {
      column
          .output()
          .ifPresent(
              output -> {
                String type =
                    switch (output.type().kind()) {
                      case TEXT, CODE -> "string";
                      case INTEGER -> "Int64";
                      case DECIMAL, DATE, TIMESTAMP -> "";
                    };
                if (!type.isEmpty()) {
                  types.append(types.length() > 1 ? ", " : "");
                  types.append('"').append(output.name()).append("\": \"").append(type).append('"');
                }
              });
    }
    return types.append('}').toString();
  }

  private static String dates(Table table) {
    List<String> names =
        table.released().stream()
            .flatMap(column -> column.output().stream())
            .filter(
                output ->
                    switch (output.type().kind()) {
                      case DATE, TIMESTAMP -> true;
                      case TEXT, CODE, INTEGER, DECIMAL -> false;
                    })
            .map(output -> '"' + output.name() + '"')
            .toList();
    return "[" + String.join(", ", names) + "]";
  }

  private static String duckdb(Table table, String name, String files, Format format) {
    String read =
        format == Format.PARQUET
            ? "read_parquet([" + files + "])"
            : "read_csv([" + files + "], header = true, types = " + duckdbTypes(table) + ")";
    return "CREATE OR REPLACE VIEW \"" + name + "\" AS SELECT * FROM " + read + ";\n";
  }

  private static String duckdbTypes(Table table) {
    List<String> types =
        table.released().stream()
            .flatMap(column -> column.output().stream())
            .map(output -> "'" + output.name() + "': '" + duckdbType(output) + "'")
            .toList();
    return "{" + String.join(", ", types) + "}";
  }

  private static String duckdbType(Disclosure.Output output) {
    return switch (output.type().kind()) {
      case TEXT, CODE -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> output.type().toString().toUpperCase(Locale.ROOT);
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
    };
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
