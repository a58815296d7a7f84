package org.consentry.cli;

import java.util.concurrent.Callable;
import org.consentry.plan.Schemas;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of the files people write, and of what commands print. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of files that you write, or of --json.",
      "That of events has the results of every command."
    },
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

  /** Files people write, and what commands print. */
  enum Kind {
    job,
    mapping,
    rules,
    /** What commands print with {@code --json}. */
    events
  }

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Kind kind = Kind.job;

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    String schema =
        switch (kind) {
          case job -> Schemas.job();
          case mapping -> Schemas.mapping();
          case rules -> Schemas.rules();
          case events -> OutputSchema.text();
        };
    command.commandLine().getOut().print(schema);
    command.commandLine().getOut().flush();
    return 0;
  }
}
