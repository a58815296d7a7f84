package org.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.problem.Problem;

/**
 * Files without a mistake, and mistakes made in them, each with all the messages a person gets.
 *
 * @param files the files without a mistake, by name
 * @param edits the file in which the cases replace words
 * @param cases the mistakes
 */
public record ProblemSpec(Map<String, String> files, String edits, List<Case> cases) {

  /**
   * A mistake.
   *
   * @param rule what the case shows
   * @param change words of the edited file and what replaces them
   * @param cut words of the edited file that are left out
   * @param write whole files, instead of those of the specification or besides them
   * @param remove names of files that are missing
   * @param finds every message, in order
   */
  public record Case(
      String rule,
      @MayBeEmpty Map<String, String> change,
      @MayBeEmpty List<String> cut,
      @MayBeEmpty Map<String, String> write,
      @MayBeEmpty List<String> remove,
      @MayBeEmpty List<String> finds) {}

  /**
   * Writes the files of a case and compares what is found with what the case expects.
   *
   * @param folder an empty folder, whose name messages are shown without
   * @param check reads the files
   */
  public void run(Path folder, Case each, Function<Path, List<Problem>> check) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>(files);
    texts.put(edits, edited(each));
    texts.putAll(each.write());
    each.remove().forEach(texts::remove);
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }

    assertThat(
            check.apply(folder).stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .collect(Collectors.joining("\n")))
        .isEqualTo(String.join("\n", each.finds()));
  }

  /** The edited file of a case. */
  public String edited(Case each) {
    String text = files.getOrDefault(edits, "");
    for (String word : each.cut()) {
      assertThat(text).contains(word);
      text = text.replace(word, "");
    }
    for (Map.Entry<String, String> change : each.change().entrySet()) {
      assertThat(text).contains(change.getKey());
      text = text.replace(change.getKey(), change.getValue());
    }
    return text;
  }
}
