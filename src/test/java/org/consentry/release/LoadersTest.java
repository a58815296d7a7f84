package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.OperatorNote;
import org.consentry.data.Sha256;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loaders of a release open what is hard to open, in the programs themselves. */
final class LoadersTest {

  private static final String HARD =
      """
      code,number,amount,seen_on,seen_at
      000,123456789012345678,1234567890123.4567,2024-02-29,2024-02-29T10:00:00
      NA,,,,
      0010,-7,0.5000,1000-12-31,2024-02-29T10:00:00.250000
      """;
  private static final String EASY =
      """
      code,number,amount,seen_on,seen_at
      1,12,1.5000,2024-02-29,2024-02-29T10:00:00.500000
      ,,,,
      """;

  @TempDir Path folder;
  private Map<String, byte[]> loaders = Map.of();

  @BeforeEach
  void writeRelease() throws IOException {
    Disclosure hard =
        SampleRelease.of(
            List.of(
                table("class", HARD),
                table("2024_visits", HARD, EASY),
                table("2024-visits", EASY),
                table("pd", EASY)));
    loaders = LoadScripts.of(hard);
  }

  private Disclosure.Table table(String name, String... parts) throws IOException {
    List<Disclosure.DataFile> files = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      String path = "data/" + name + "/part-0000" + i + ".csv";
      Path file = folder.resolve(path);
      Files.createDirectories(file.resolve(".."));
      Files.writeString(file, parts[i]);
      byte[] bytes = parts[i].getBytes(StandardCharsets.UTF_8);
      files.add(
          new Disclosure.DataFile(
              path,
              Disclosure.Format.CSV,
              parts[i].lines().count() - 1,
              bytes.length,
              Sha256.hex(bytes)));
    }
    return SampleRelease.typed(
        name,
        files,
        "",
        new OperatorNote("technique", "Something was done.", "Something survives.", Map.of()));
  }

  /** What a program prints, with the loader before it; empty when it is not on this machine. */
  private Optional<String> run(String program, String needs, String loader, String script)
      throws IOException, InterruptedException {
    if (!output(program, program.equals("Rscript") ? "-e" : "-c", needs).endsWith("exit 0")) {
      return Optional.empty();
    }
    Path file = folder.resolve("script");
    String load = new String(loaders.getOrDefault(loader, new byte[0]), StandardCharsets.UTF_8);
    Files.writeString(file, load + script);
    return Optional.of(output(program, file.toString()));
  }

  private String output(String... command) throws InterruptedException {
    try {
      Program.Ended ended = Program.of(command).in(folder).run();
      return ended.text() + "exit " + ended.exitCode();
    } catch (IOException absent) {
      return "absent";
    }
  }

  @Test
  void pandasKeepsEveryDigitEveryTimeAndEveryName() throws Exception {
    Optional<String> printed =
        run(
            "python3",
            "import pandas",
            "load/load.py",
            """
            hard = tables["class"]
            print(list(hard["code"]), hard["number"].dtype, hard["number"][0], hard["number"][2])
            print(hard["amount"][0], str(hard["seen_on"][0])[:10], str(hard["seen_on"][2])[:10])
            times = hard["seen_at"].dt.strftime("%Y-%m-%d %H:%M:%S.%f").fillna("missing")
            print(hard["seen_at"].dtype.kind, list(times))
            both = tables["2024_visits"]
            print(len(both), list(both.index), both["number"][0], both["seen_at"].dtype.kind)
            easy = tables["2024-visits"]
            print(easy["amount"].dtype, easy["seen_on"].dtype.kind, easy["number"][0])
            print(list(tables))
            """);

    assumeTrue(printed.isPresent(), "skipped: python3 with pandas is not on this machine");
    assertThat(printed.orElseThrow())
        .isEqualTo(
            """
            ['000', 'NA', '0010'] Int64 123456789012345678 -7
            1234567890123.4567 2024-02-29 1000-12-31
            M ['2024-02-29 10:00:00.000000', 'missing', '2024-02-29 10:00:00.250000']
            5 [0, 1, 2, 3, 4] 123456789012345678 M
            float64 M 12
            ['class', '2024_visits', '2024-visits', 'pd']
            exit 0\
            """);
  }

  @Test
  void pythonNamesThePackageThatIsMissing() throws Exception {
    Files.writeString(folder.resolve("pandas.py"), "raise ImportError");
    Optional<String> printed = run("python3", "1", "load/load.py", "");

    assumeTrue(printed.isPresent(), "skipped: python3 is not on this machine");
    assertThat(printed.orElseThrow())
        .isEqualTo("pandas is missing: run python3 -m pip install pandas\nexit 1");
  }

  @Test
  void pythonNamesTheFolderThatItMustBeRunIn() throws Exception {
    Files.writeString(folder.resolve("pandas.py"), "");
    Files.delete(folder.resolve("data/class/part-00000.csv"));
    Optional<String> printed = run("python3", "1", "load/load.py", "");

    assumeTrue(printed.isPresent(), "skipped: python3 is not on this machine");
    assertThat(printed.orElseThrow())
        .isEqualTo("the files are not here: change to the release folder first\nexit 1");
  }

  @Test
  void rKeepsEveryDigitEveryTimeAndEveryName() throws Exception {
    Optional<String> printed =
        run(
            "Rscript",
            "1",
            "load/load.R",
            """
            hard <- tables[["class"]]
            cat(hard$code, as.character(hard$number), as.character(hard$amount), "\\n")
            cat(format(hard$seen_on), "\\n")
            cat(format(hard$seen_at, "%H:%M:%OS2"), "\\n")
            both <- tables[["2024_visits"]]
            cat(nrow(both), as.character(both$number[1]), class(both$seen_at)[1], "\\n")
            easy <- tables[["2024-visits"]]
            cat(class(easy$number), class(easy$amount), easy$number[1] + easy$amount[1], "\\n")
            cat(names(tables), "\\n")
            """);

    assumeTrue(printed.isPresent(), "skipped: Rscript is not on this machine");
    assertThat(printed.orElseThrow())
        .isEqualTo(
            """
            000 NA 0010 123456789012345678 NA -7 1234567890123.4567 NA 0.5000\s
            2024-02-29 NA 1000-12-31\s
            10:00:00.00 NA 10:00:00.25\s
            5 123456789012345678 POSIXct\s
            numeric numeric 13.5\s
            class 2024_visits 2024-visits pd\s
            exit 0\
            """);
  }

  @Test
  void duckDbKeepsEveryDigitEveryTimeAndEveryName() throws SQLException {
    byte[] lines = loaders.getOrDefault("load/load.sql", new byte[0]);
    String sql =
        new String(lines, StandardCharsets.UTF_8).replace("'data/", "'" + folder + "/data/");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String line : sql.lines().filter(text -> !text.startsWith("--")).toList()) {
        statement.execute(line);
      }

      assertThat(
              first(
                  statement,
                  "SELECT code || ' ' || number || ' ' || amount || ' ' || seen_at FROM \"class\""))
          .isEqualTo("000 123456789012345678 1234567890123.4567 2024-02-29 10:00:00");
      assertThat(first(statement, "SELECT count(*) FROM \"2024_visits\"")).isEqualTo("5");
      assertThat(first(statement, "SELECT count(*) FROM \"2024-visits\"")).isEqualTo("2");
    }
  }

  private static String first(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
