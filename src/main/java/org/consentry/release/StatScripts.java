package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Scripts that load the CSV files of a release in Stata, SPSS and SAS, with labels of variables and
 * values and the reasons of empty cells. Each is run inside the release folder and writes nothing
 * there.
 *
 * <p><b>Security promise:</b> texts of a mapping are data in every script; none is run.
 */
final class StatScripts {

  private static final String ONLY_PARQUET =
      "This release has Parquet files only, which this program does not read. Load them with"
          + " load/load.py or load/load.R and write CSV files outside the release folder.";

  private StatScripts() {}

  /** The scripts by path; of a release without CSV files they print what to do. */
  static Map<String, byte[]> of(Disclosure disclosure) {
    List<StatTable> tables = StatTable.of(disclosure);
    List<String> notes = disclosure.isEncrypted() ? List.of(LoadScripts.DECRYPT_FIRST) : List.of();
    boolean readable = tables.stream().noneMatch(table -> table.files().isEmpty());
    return Map.of(
        "load/load.do",
        bytes(
            readable
                ? new StataScript().of(tables, notes)
                : List.of(unread("display as error \"", "\""), "exit 601")),
        "load/load.sps",
        bytes(readable ? new SpssScript().of(tables, notes) : List.of(unread("ECHO '", "'."))),
        "load/load.sas",
        bytes(readable ? new SasScript().of(tables, notes) : List.of(unread("%put ERROR: ", ";"))));
  }

  private static String unread(String begin, String end) {
    return begin + ONLY_PARQUET + end;
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
