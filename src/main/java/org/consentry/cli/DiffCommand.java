package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.Differences;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.Catalogue;
import org.consentry.plan.ComparedFiles;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.ReleaseDiff;
import org.consentry.release.ReleaseVerifier;
import org.consentry.release.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two releases, jobs or mappings in meaning. */
@Command(
    name = "diff",
    description = {
      "Compares two releases, two jobs or two mappings in meaning.",
      "What they are is recognised. Releases are verified first.",
      "Order, comments and written defaults do not matter.",
      "Exit code 0 whether they differ or not; see --exit-code."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

  private static final String RELEASE = "a release";

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TrustOption trusted = new TrustOption();

  @Parameters(index = "0", paramLabel = "OLD", description = "The earlier folder or file.")
  private Path earlier = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The later folder or file.")
  private Path later = Path.of("");

  @Option(names = "--exit-code", description = "Ends in 1 where they differ.")
  private boolean exitCode;

  @Override
  public Integer call() {
    Console console = common.console();
    String old = what(earlier);
    String now = what(later);
    if (!old.equals(now)) {
      throw ProblemException.of(
          Category.USAGE,
          "MIXED_KINDS",
          Place.of(later),
          earlier + " is " + old + " and " + later + " is " + now,
          "name two releases, two jobs or two mappings");
    }
    return Files.isDirectory(earlier) ? releases(console) : files(console);
  }

  private static String what(Path path) {
    if (!Files.exists(path)) {
      throw ProblemException.of(
          Category.USAGE,
          "NO_SUCH_FILE",
          Place.of(path),
          "there is no such file or folder",
          "check the path");
    }
    if (!Files.isDirectory(path)) {
      return ComparedFiles.kind(path).words();
    }
    return Files.exists(path.resolve("manifest.json")) ? RELEASE : "a folder without a release";
  }

  private int files(Console console) {
    ComparedFiles.Kind kind = ComparedFiles.kind(earlier);
    Differences differences = Differences.of(earlier, later, kind);
    differences.lines().forEach(console::line);
    return end(console, kind.words(), Map.of(), differences);
  }

  private int releases(Console console) {
    StateFolder state = common.anyState();
    Optional<Verification> broken =
        List.of(earlier, later).stream()
            .map(folder -> verify(console, state, folder))
            .filter(answer -> !answer.errors().isEmpty())
            .reduce((first, second) -> first);
    if (broken.isPresent()) {
      return Category.VERIFY.exitCode();
    }
    ReleaseDiff diff = ReleaseDiff.of(earlier, later);
    console.line(diff.earlier() + " -> " + diff.later());
    diff.notes().forEach(console::line);
    console.line(diff.data());
    Differences differences = Differences.of(diff);
    differences
        .parts()
        .forEach(
            (title, lines) -> {
              console.line("");
              console.line(title);
              lines.forEach(line -> console.line("  " + line));
            });
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("earlier", diff.earlier());
    fields.put("later", diff.later());
    fields.put("notes", diff.notes());
    fields.put("data", diff.data());
    return end(console, RELEASE, fields, differences);
  }

  private Verification verify(Console console, StateFolder state, Path folder) {
    Verification answer =
        ReleaseVerifier.verify(folder, trusted.orPinned(state), Catalogue.SHIPPED::content);
    answer.findings().stream()
        .map(Problem::toString)
        .forEach(finding -> console.remark(folder + ": " + finding));
    return answer;
  }

  private int end(
      Console console, String kind, Map<String, Object> about, Differences differences) {
    if (differences.isEmpty()) {
      console.line("no difference");
    }
    Map<String, Object> fields = new LinkedHashMap<>(about);
    fields.put("kind", kind.substring(kind.indexOf(' ') + 1));
    fields.put("differ", !differences.isEmpty());
    fields.put("mayBreak", differences.mayBreak());
    fields.put("changes", differences.objects());
    console.result("differences", fields);
    return exitCode && !differences.isEmpty() ? Category.RUN_FAILED.exitCode() : 0;
  }
}
