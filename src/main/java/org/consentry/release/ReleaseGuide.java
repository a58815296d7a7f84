package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.release.Disclosure.DataFile;
import org.consentry.release.Disclosure.Format;
import org.consentry.release.Disclosure.Table;

/** The texts that help a researcher: README and how to load the data. */
final class ReleaseGuide {

  /**
   * Base R reads CSV; Parquet wants the package arrow. A number R cannot hold exactly stays text.
   */
  private static final String R_FUNCTIONS =
      """
      # Run inside the release folder: tables[["name"]] is a table.
      options(arrow.int64_downcast = FALSE)
      exact <- function(x) all(is.na(x) | nchar(gsub("[^0-9]", "", x)) <= 15)
      integers <- function(x) {
        if (exact(x)) return(as.numeric(x))
        if (requireNamespace("bit64", quietly = TRUE)) bit64::as.integer64(x) else x
      }
      decimals <- function(x) if (exact(x)) as.numeric(x) else x
      days <- function(x) as.Date(x, format = "%Y-%m-%d")
      times <- function(x) as.POSIXct(x, tz = "UTC", format = "%Y-%m-%dT%H:%M:%OS")
      tables <- list()
      """;

  private static final String PYTHON_FUNCTIONS =
      """
      # Run inside the release folder: tables["name"] is a table.
      import datetime
      import decimal

      import pandas as pd


      def integers(texts):
          return pd.Series([pd.NA if pd.isna(t) else int(t) for t in texts], dtype="Int64")


      def decimals(texts):
          if (texts.str.count("[0-9]") > 15).any():  # a float would lose digits
              return texts.map(decimal.Decimal, na_action="ignore")
          return texts.astype("float64")


      def days(texts):
          try:
              return pd.to_datetime(texts, format="%Y-%m-%d")
          except pd.errors.OutOfBoundsDatetime:
              return texts.map(datetime.date.fromisoformat, na_action="ignore")


      def times(texts):
          texts = texts.where(texts.str.contains(".", regex=False, na=True), texts + ".0")
          try:
              return pd.to_datetime(texts, format="%Y-%m-%dT%H:%M:%S.%f")
          except pd.errors.OutOfBoundsDatetime:
              pattern = "%Y-%m-%dT%H:%M:%S.%f"
              return texts.map(lambda t: datetime.datetime.strptime(t, pattern), na_action="ignore")


      def read_csv(files, columns):
          parts = [
              pd.read_csv(f, dtype="string", keep_default_na=False, na_values=[""]) for f in files
          ]
          table = pd.concat(parts, ignore_index=True)
          for name, convert in columns.items():
              table[name] = convert(table[name])
          return table


      def read_parquet(files):
          import pyarrow as pa
          import pyarrow.parquet as pq

          parts = pa.concat_tables([pq.ParquetFile(f).read() for f in files])
          return parts.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


      tables = {}
      """;

  private final Disclosure disclosure;
  private final String fingerprint;
  private final String principal;
  private final StringBuilder text = new StringBuilder();

  private ReleaseGuide(Disclosure disclosure, String principal, String fingerprint) {
    this.disclosure = disclosure;
    this.principal = principal;
    this.fingerprint = fingerprint;
  }

  static byte[] readme(Disclosure disclosure, String principal, String fingerprint) {
    ReleaseGuide guide = new ReleaseGuide(disclosure, principal, fingerprint);
    guide.about();
    guide.contents();
    guide.spreadsheets();
    guide.terms();
    guide.check();
    return guide.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ReleaseGuide say(String line) {
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

  /** Says which columns have texts that a spreadsheet would run, if any has. */
  private void spreadsheets() {
    if (disclosure.formulaCells() == 0) {
      return;
    }
    say("## Spreadsheets").say("");
    say(
        "A spreadsheet runs a text as a formula when it begins with `=`, `+`, `-`, `@`, a tab or a");
    say("line break. These columns have such texts:").say("");
    for (Table table : disclosure.tables()) {
      table
          .rows()
          .formulas()
          .forEach(
              (column, cells) ->
                  say("- `" + table.name() + "`, `" + column + "`: " + cells + " cells"));
    }
    say("");
    if (disclosure.formulas() == Disclosure.Formulas.ESCAPE) {
      say("In the CSV files a single quote (`'`) precedes each of them and is no part of the");
      say("value. Parquet files have the texts as they are.").say("");
    } else {
      say(
          "They are released as they are. Do not open the CSV files by a double click: use `load/`,");
      say("or import these columns as text.").say("");
    }
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

  /**
   * Loader snippets by path; each is run inside the release folder. Tables are entries of one list
   * or dictionary, because a table may be called {@code class} or {@code 2024_visits}.
   */
  static Map<String, byte[]> loaders(Disclosure disclosure) {
    StringBuilder r = new StringBuilder(R_FUNCTIONS);
    StringBuilder python = new StringBuilder(PYTHON_FUNCTIONS);
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
      String list = String.join(", ", files);
      r.append(r(table, list, format));
      python.append(python(table, list, format));
      duckdb.append(duckdb(table, list.replace('"', '\''), format));
    }
    Map<String, byte[]> loaders = new TreeMap<>();
    loaders.put("load/load.R", bytes(r));
    loaders.put("load/load.py", bytes(python));
    loaders.put("load/load.sql", bytes(duckdb));
    return loaders;
  }

  private static String r(Table table, String files, Format format) {
    String name = "tables[[" + quoted(table.name()) + "]]";
    if (format == Format.PARQUET) {
      return name
          + " <- as.data.frame(do.call(arrow::concat_tables, lapply(c("
          + files
          + "), arrow::read_parquet, as_data_frame = FALSE)))\n";
    }
    StringBuilder text = new StringBuilder(name);
    text.append(" <- do.call(rbind, lapply(c(").append(files);
    text.append("), read.csv, colClasses = \"character\", na.strings = \"\", check.names = FALSE,");
    text.append(" encoding = \"UTF-8\"))\n");
    conversions(table)
        .forEach(
            (column, function) -> {
              String cells = name + "[[" + quoted(column) + "]]";
              text.append(cells + " <- " + function + "(" + cells + ")\n");
            });
    return text.toString();
  }

  private static String python(Table table, String files, Format format) {
    String name = "tables[" + quoted(table.name()) + "]";
    if (format == Format.PARQUET) {
      return name + " = read_parquet([" + files + "])\n";
    }
    return name
        + " = read_csv(["
        + files
        + "], {"
        + conversions(table).entrySet().stream()
            .map(column -> quoted(column.getKey()) + ": " + column.getValue())
            .collect(Collectors.joining(", "))
        + "})\n";
  }

  /** Columns that are not text, and the function of both scripts that converts them. */
  private static Map<String, String> conversions(Table table) {
    Map<String, String> conversions = new LinkedHashMap<>();
    outputs(table)
        .forEach(
            output ->
                conversion(output.type().kind())
                    .ifPresent(function -> conversions.put(output.name(), function)));
    return conversions;
  }

  /** Codes stay text: 000 is not 0. */
  private static Optional<String> conversion(FieldType.Kind kind) {
    return switch (kind) {
      case TEXT, CODE -> Optional.empty();
      case INTEGER -> Optional.of("integers");
      case DECIMAL -> Optional.of("decimals");
      case DATE -> Optional.of("days");
      case TIMESTAMP -> Optional.of("times");
    };
  }

  private static Stream<PlannedColumn.Released> outputs(Table table) {
    return table.released().stream().flatMap(column -> column.released().stream());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String duckdb(Table table, String files, Format format) {
    String read =
        format == Format.PARQUET
            ? "read_parquet([" + files + "])"
            : "read_csv([" + files + "], header = true, types = " + duckdbTypes(table) + ")";
    return "CREATE OR REPLACE VIEW \"" + table.name() + "\" AS SELECT * FROM " + read + ";\n";
  }

  private static String duckdbTypes(Table table) {
    return outputs(table)
        .map(output -> "'" + output.name().replace("'", "''") + "': '" + duckdbType(output) + "'")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String duckdbType(PlannedColumn.Released output) {
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
