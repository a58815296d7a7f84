package org.consentry.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binding.WordOf;
import org.consentry.config.Job.SourceRule;
import org.consentry.problem.Problems;

/**
 * A job as it was read.
 *
 * @param path where it was read
 * @param name how messages name the file
 * @param sha256 64 lower-case hexadecimal digits over its bytes
 * @param form its content, as its kind has it
 * @param job the same in the words of the engine
 */
public record JobFile(Path path, String name, String sha256, JobForm form, Job job) {

  /** What every job file is one of, for the JSON Schema. */
  @Doc("Consentry job: what is released to whom, and why it may be")
  private record AnyKind() {}

  /**
   * Reads and binds a job file.
   *
   * @param name how messages name the file
   * @param problems receives everything found
   * @return empty when it could not be bound
   */
  public static Optional<JobFile> read(Path path, String name, Problems problems) {
    return YamlFile.read(path, name, problems)
        .flatMap(yaml -> bind(path, name, yaml, Binder::bind, problems));
  }

  /**
   * Reads as much of a job file as can be read, so that what it names is checked in the same round.
   *
   * @param name how messages name the file
   * @param problems receives everything found; the file was read as it is written only when no
   *     error is among it
   * @return empty when nothing of it can be read
   */
  public static Optional<JobFile> readPartly(Path path, String name, Problems problems) {
    return YamlFile.readPartly(path, name, problems)
        .flatMap(yaml -> bind(path, name, yaml, Binder::bindPartly, problems));
  }

  private interface Reading {
    Optional<? extends Record> bind(Node node, Class<? extends Record> type, Problems problems);
  }

  private static Optional<JobFile> bind(
      Path path, String name, YamlFile yaml, Reading reading, Problems problems) {
    Node root = yaml.root();
    Optional<JobKind> kind = kind(root, problems);
    Node rest = root instanceof Node.Mapping all ? all.without(Set.of(JobKind.KEY)) : root;
    return kind.flatMap(known -> reading.bind(rest, known.form(), problems))
        .map(JobForm.class::cast)
        .map(form -> new JobFile(path, name, yaml.sha256(), form, form.job()));
  }

  /** The kind that a file names, research where it names none. */
  private static Optional<JobKind> kind(Node root, Problems problems) {
    Optional<Node.Entry> named =
        root instanceof Node.Mapping all ? all.entry(JobKind.KEY) : Optional.empty();
    if (named.isEmpty()) {
      return Optional.of(JobKind.RESEARCH);
    }
    Node value = named.get().value();
    String word = value instanceof Node.Scalar scalar ? scalar.text() : "";
    Optional<JobKind> kind = JobKind.of(word);
    if (kind.isEmpty()) {
      problems.error(
          "UNKNOWN_WORD",
          value.place(),
          "expected one of "
              + String.join(", ", JobKind.words())
              + " but found "
              + (value instanceof Node.Scalar ? SafeWord.word(word) : value.kind()),
          Suggestion.nearest(word, JobKind.words()).map(Suggestion::of).orElse(""));
    }
    return kind;
  }

  /** The folder that relative paths start at. */
  public Path folder() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }

  /**
   * The JSON Schema of job files.
   *
   * @param sources the settings of every type of source by its name
   * @param words the words of every catalogue that a {@link WordOf} names
   */
  public static String schema(
      Map<String, Class<? extends Record>> sources, Map<String, List<String>> words) {
    Map<String, Class<? extends Record>> forms = new LinkedHashMap<>();
    Arrays.stream(JobKind.values()).forEach(kind -> forms.put(kind.word(), kind.form()));
    return JsonSchema.of(
        AnyKind.class,
        Map.of(
            AnyKind.class,
            new JsonSchema.Kinds(JobKind.KEY, forms, Optional.of(JobKind.RESEARCH.word())),
            SourceRule.class,
            new JsonSchema.Kinds("type", sources)),
        words);
  }
}
