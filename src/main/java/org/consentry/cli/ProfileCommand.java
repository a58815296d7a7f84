package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.Parallel;
import org.consentry.export.SourceProfile;
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

/** Shows what source tables really contain. Reads no key and writes nothing. */
@Command(
    name = "profile",
    description = "Shows what the source really contains, against the mapping.",
    mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private HeaderOption header = new HeaderOption();

  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--from",
      paramLabel = "DATA",
      converter = PathWord.Any.class,
      description = "Folder of CSV files to profile instead of a job's source.")
  private Optional<Path> from = Optional.empty();

  @Parameters(paramLabel = "JOB", arity = "0..1", description = "The job file.")
  private Optional<Path> job = Optional.empty();

  @Override
  public Integer call() {
    if (job.isPresent() == from.isPresent()) {
      throw ProblemException.of(
          Category.USAGE,
          "JOB_OR_FOLDER",
          Place.of("profile"),
          "expected a job or --from with a folder, one of them",
          "name the job file");
    }
    Console console = common.console();
    Parallel work = Parallel.onThreads(threads.count());
    if (job.isEmpty()) {
      SourceProfile profile =
          SourceProfile.of(header.read(from.orElseThrow(), console).heads(), work);
      show(console, profile);
      return exit(console, profile.unread());
    }
    MappedSource source = Planner.source(job.get(), LocalDate.now(ZoneOffset.UTC));
    SourceProfile profile = SourceProfile.of(source.tables(), work);
    show(console, profile);
    return exit(console, profile.against(source));
  }

  private static int exit(Console console, List<Problem> problems) {
    return ProblemLines.show(console, problems) ? Category.FILES_INVALID.exitCode() : 0;
  }

  private static void show(Console console, SourceProfile profile) {
    profile.lines().forEach(console::line);
    profile.objects().forEach(column -> console.result("profiledColumn", column));
  }
}
