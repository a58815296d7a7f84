package org.consentry.testing;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.YamlFile;
import org.consentry.problem.Category;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.DynamicNode;

/**
 * Behaviour that people can see as cases in YAML files, one file a topic. A file is read as
 * strictly as a job, so that a misspelled key is an error and no case is passed over.
 *
 * @param byFile what each file contains, by its name
 * @param <S> the record of a file
 */
public record Specs<S extends Record>(SortedMap<String, S> byFile) {

  private static final Path FOLDER = Path.of("src/test/resources/spec");

  /** Runs one case of a file. */
  @FunctionalInterface
  public interface Run<S, C> {
    void run(S file, C each) throws Exception;
  }

  /** Reads every YAML file of a folder below {@code spec}. */
  public static <S extends Record> Specs<S> read(String folder, Class<S> type) throws IOException {
    SortedMap<String, S> byFile = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        Problems problems = new Problems();
        String name = String.valueOf(file.getFileName());
        Optional<S> spec =
            YamlFile.read(file, name, problems)
                .flatMap(yaml -> Binder.bind(yaml.root(), type, problems));
        withoutPlaceholders(problems).throwIfAny(Category.FILES_INVALID);
        byFile.put(name, spec.orElseThrow());
      }
    }
    return new Specs<>(byFile);
  }

  /** A case of a specification may be about a placeholder. */
  private static Problems withoutPlaceholders(Problems problems) {
    Problems others = new Problems();
    others.addAll(
        problems.list().stream().filter(found -> !found.code().equals("PLACEHOLDER")).toList());
    return others;
  }

  /** One test a case, named after the rule that the case pins. */
  public <C> Stream<DynamicNode> tests(
      Function<S, List<C>> cases, Function<C, String> rule, Run<S, C> run) {
    return byFile.entrySet().stream()
        .map(
            file ->
                dynamicContainer(
                    file.getKey(),
                    cases.apply(file.getValue()).stream()
                        .map(
                            each ->
                                dynamicTest(
                                    rule.apply(each), () -> run.run(file.getValue(), each)))));
  }

  /** What every file has about itself, such as the operator that it is about. */
  public List<String> topics(Function<S, String> topic) {
    return byFile.values().stream().map(topic).distinct().sorted().toList();
  }
}
