package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.consentry.benchmark.Origin.Records;

/**
 * The program with its own threads, the program with as many executors of Spark of one core each,
 * in turn. Spark SQL does the whole job with as many threads in the first round, and what the
 * executors made is compared with what it wrote.
 *
 * @param name its name
 * @param work what is released
 */
record Clustered(String name, Clinic work) implements Line {

  private static final Path FOLDER = Path.of("target/consentry-spark").toAbsolutePath();
  private static final Path CLASSES = Path.of("target/spark").toAbsolutePath();
  private static final String EXPORT = "org.consentry.spark.SqlExport";
  private static final int EXECUTOR_MEBIBYTES = 1024;

  /** The runs of the three. */
  private record Runs(Series threads, Series executors, Series sql) {}

  /** Whether what {@code mvn -P spark verify} makes is here. */
  static boolean isBuilt() {
    return Files.isDirectory(FOLDER.resolve("jars")) && Files.exists(libraries());
  }

  /** A file with the class path of Spark SQL. */
  private static Path libraries() {
    return CLASSES.resolve("test.cp");
  }

  @Override
  public List<TableRow> run(Programs programs)
      throws IOException, InterruptedException, SQLException {
    String title = work.title() + ", with threads and with executors of Spark";
    if (!isBuilt()) {
      programs.print("%s: skipped, because mvn -P spark verify was not run", title);
      return List.of();
    }
    programs.prepare(work);
    return Line.row(programs, title, format -> cell(programs, format));
  }

  private String cell(Programs programs, Format format)
      throws IOException, InterruptedException, SQLException {
    Runs runs = new Runs(new Series(), new Series(), new Series());
    for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
      runs.threads.add(programs.consentry(work, format, Starter.Watch.NOTHING));
      runs.executors.add(executors(programs, format));
      if (repeat == 0) {
        runs.sql.add(sql(programs, format));
        programs.compare("Spark SQL", results(programs), work, format);
      }
    }
    double ours = runs.executors.wall().median();
    return String.format(
        Locale.ROOT,
        "%s and %s s, ratio %.2f; %d MiB; Spark SQL %s s, ratio %.2f, %d MiB",
        runs.threads.wall(),
        runs.executors.wall(),
        ours / runs.threads.wall().median(),
        runs.executors.mebibytes(),
        runs.sql.wall(),
        ours / runs.sql.wall().median(),
        runs.sql.mebibytes());
  }

  private Measured executors(Programs programs, Format format)
      throws IOException, InterruptedException {
    String mapping = Template.file("mapping.yaml", Map.of("tables", work.rules()));
    Path run = programs.job(mapping, Records.csv(programs.clinic(work)), work.tables(), format, "");
    List<String> command = programs.command(run, "job.yaml", work.javaOptions());
    int executors = programs.settings().threads();
    command.addAll(
        List.of(
            "--engine",
            "spark",
            "--master",
            "local-cluster[" + executors + ",1," + EXECUTOR_MEBIBYTES + "]"));
    return programs.measure("on Spark", format.word(), command, Starter.Watch.NOTHING);
  }

  private Measured sql(Programs programs, Format format) throws IOException, InterruptedException {
    programs.emptied("SPARK_SQL");
    String path =
        String.join(
            ":",
            CLASSES.resolve("test-classes").toString(),
            CLASSES.resolve("classes").toString(),
            Files.readString(libraries()).strip());
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + FOLDER.resolve("java-options"),
            "-Xmx4g",
            "-cp",
            path,
            EXPORT,
            programs.clinic(work).toString(),
            Clinic.ZIPS.toAbsolutePath().toString(),
            results(programs).resolve("visits").toString(),
            format.word(),
            Integer.toString(programs.settings().threads()));
    return programs.measure("Spark SQL", format.word(), command, Starter.Watch.NOTHING);
  }

  private static Path results(Programs programs) {
    return programs.settings().folder().resolve("SPARK_SQL");
  }
}
