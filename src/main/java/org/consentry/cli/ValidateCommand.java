package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.consentry.export.Parallel;
import org.consentry.export.SourceProfile;
import org.consentry.followup.CheckedFile;
import org.consentry.plan.MappedSource;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks files people write and reports every problem with its place. */
@Command(
    name = "validate",
    description = "Checks job, mapping and rules files; default: jobs/ and mappings/.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

  /** Forms of the report. */
  enum Format {
    text,
    json
  }

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Job, mapping or rules files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Format format = Format.text;

  @Option(
      names = "--data",
      description = "Also reads the tables of jobs and compares their values.")
  private boolean data;

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Override
  public Integer call() {
    Console console = common.console(format == Format.json ? Console.Form.JSON : Console.Form.TEXT);
    List<Path> chosen = files.isEmpty() ? shipped() : files;
    Set<Problem> shown = new LinkedHashSet<>();
    for (Path file : chosen) {
      List<Problem> problems = check(file);
      ProblemLines.show(console, problems.stream().filter(each -> !shown.contains(each)).toList());
      shown.addAll(problems);
      boolean refused = problems.stream().anyMatch(problem -> problem.severity().refuses());
      console.line(Place.name(file) + (refused ? ": not valid" : ": valid"));
      console.result("checkedFile", Map.of("file", Place.name(file), "valid", !refused));
    }
    if (!shown.isEmpty()) {
      console.line(ProblemLines.summary(List.copyOf(shown)));
    }
    boolean failed = shown.stream().anyMatch(problem -> problem.severity().refuses());
    return failed ? Category.FILES_INVALID.exitCode() : 0;
  }

  /** A job needs a time zone too, which the state folder may name. */
  private List<Problem> check(Path file) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return data
        ? CheckedFile.of(file, today, common::state, job -> compare(job, today)).findings()
        : CheckedFile.of(file, today, common::state).findings();
  }

  private List<Problem> compare(Path job, LocalDate today) {
    try {
      MappedSource source = Planner.source(job, today);
      return SourceProfile.of(source.tables(), Parallel.onThreads(threads.count())).against(source);
    } catch (ProblemException unread) {
      return unread.problems();
    }
  }

  private static List<Path> shipped() {
    List<Path> found = new ArrayList<>();
    for (String folder : List.of("mappings", "jobs")) {
      try (Stream<Path> list = Files.list(Path.of(folder))) {
        list.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(found::add);
      } catch (IOException absent) {
        throw ProblemException.of(
            Category.USAGE,
            "NO_FILES",
            Place.of(folder),
            "there is no such folder here",
            "name the files to check");
      }
    }
    return found;
  }
}
