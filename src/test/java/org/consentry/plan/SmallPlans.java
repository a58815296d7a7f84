package org.consentry.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.consentry.testing.ProblemSpec;
import org.consentry.testing.Specs;

/** The files of the specification of mistakes, in a folder, where a test may edit them. */
final class SmallPlans {

  static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  private final Path folder;

  SmallPlans(Path folder) throws IOException {
    this.folder = folder;
    Map<String, String> files =
        Objects.requireNonNull(Specs.read("plan", ProblemSpec.class).byFile().get("job.yaml"))
            .files();
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
  }

  SmallPlans write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /** Replaces words that are in the file. */
  SmallPlans edit(String file, String words, String instead) throws IOException {
    String text = Files.readString(folder.resolve(file));
    if (!text.contains(words)) {
      throw new IllegalStateException(file + " does not contain " + words);
    }
    return write(file, text.replace(words, instead));
  }

  ExportPlan plan() {
    return plan(TODAY);
  }

  ExportPlan plan(LocalDate begun) {
    return Planner.plan(folder.resolve("job.yaml"), TODAY, begun);
  }
}
