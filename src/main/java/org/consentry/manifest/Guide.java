package org.consentry.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.data.FieldType;
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
    say(
        "- Legal basis: "
            + authority.legalBasis()
            + "; held to the rules of "
            + authority.target());
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
    say("## Missing, withheld, removed").say("");
    say(
        "An empty cell is *missing* in the clinic's records, *withheld* because the patient's consent");
    say("does not cover the column, or *removed* because the recorded value was not valid; the");
    say("codebook says which of these a column can have. Nothing was *suppressed* to make groups");
    say(
        "larger: the risk of re-identification was not measured. A patient or record that was left");
    say("out is not in the data at all; `flow.csv` counts them.").say("");
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
            + "), data release "
            + disclosure.release().name()
            + " of "
            + disclosure.release().createdAt().toString().substring(0, 10)
            + ", consentry run "
            + disclosure.release().run()
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
      r.append(r(table, name, list, format));
      python.append(python(table, name, list, format));
      duckdb.append(duckdb(table, name, list.replace('"', '\''), format));
    }
    Map<String, byte[]> loaders = new TreeMap<>();
    loaders.put("load/load.R", bytes(r));
    loaders.put("load/load.py", bytes(python));
    loaders.put("load/load.sql", bytes(duckdb));
    return loaders;
  }

  /** Base R reads CSV; Parquet wants the package arrow. */
  private static String r(Table table, String name, String files, Format format) {
    String all = name + " <- do.call(rbind, lapply(c(" + files + "), ";
    if (format == Format.PARQUET) {
      return all + "function(f) as.data.frame(arrow::read_parquet(f))))\n";
    }
    String types =
        outputs(table)
            .map(output -> quoted(output.name()) + " = \"" + rType(output) + '"')
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder(all);
    text.append("function(f) read.csv(f, colClasses = c(").append(types);
    text.append("), na.strings = \"\", check.names = FALSE, encoding = \"UTF-8\")))\n");
    outputs(table)
        .filter(output -> output.type().kind() == FieldType.Kind.TIMESTAMP)
        .map(output -> name + "[[" + quoted(output.name()) + "]]")
        .forEach(
            column ->
                text.append(column + " <- as.POSIXct(" + column)
                    .append(", tz = \"UTC\", format = \"%Y-%m-%dT%H:%M:%OS\")\n"));
    return text.toString();
  }

  /** Integers may be longer than R's own. */
  private static String rType(Disclosure.Output output) {
    return switch (output.type().kind()) {
      case TEXT, CODE, TIMESTAMP -> "character";
      case INTEGER, DECIMAL -> "numeric";
      case DATE -> "Date";
    };
  }

  private static Stream<Disclosure.Output> outputs(Table table) {
    return table.released().stream().flatMap(column -> column.output().stream());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String python(Table table, String name, String files, Format format) {
    if (format == Format.PARQUET) {
      return name + " = pd.concat([pd.read_parquet(f) for f in [" + files + "]])\n";
    }
    return name
        + " = pd.concat([pd.read_csv(f, dtype={"
        + outputs(table)
            .filter(output -> !pandasType(output).isEmpty())
            .map(output -> quoted(output.name()) + ": \"" + pandasType(output) + '"')
            .collect(Collectors.joining(", "))
        + "}, parse_dates=["
        + outputs(table)
            .filter(Guide::isDay)
            .map(output -> quoted(output.name()))
            .collect(Collectors.joining(", "))
        + "], keep_default_na=False, na_values=[\"\"]) for f in ["
        + files
        + "]])\n";
  }

  /** Codes stay text: 000 is not 0. Integers with gaps stay integers. */
  private static String pandasType(Disclosure.Output output) {
    return switch (output.type().kind()) {
      case TEXT, CODE -> "string";
      case INTEGER -> "Int64";
      case DECIMAL, DATE, TIMESTAMP -> "";
    };
  }

  private static boolean isDay(Disclosure.Output output) {
    return switch (output.type().kind()) {
      case DATE, TIMESTAMP -> true;
      case TEXT, CODE, INTEGER, DECIMAL -> false;
    };
  }

  private static String duckdb(Table table, String name, String files, Format format) {
    String read =
        format == Format.PARQUET
            ? "read_parquet([" + files + "])"
            : "read_csv([" + files + "], header = true, types = " + duckdbTypes(table) + ")";
    return "CREATE OR REPLACE VIEW \"" + name + "\" AS SELECT * FROM " + read + ";\n";
  }

  private static String duckdbTypes(Table table) {
    return outputs(table)
        .map(output -> "'" + output.name().replace("'", "''") + "': '" + duckdbType(output) + "'")
        .collect(Collectors.joining(", ", "{", "}"));
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
