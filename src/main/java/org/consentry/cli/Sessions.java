package org.consentry.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.consentry.export.StateSession;
import org.consentry.ledger.ProgressFile;
import org.consentry.ledger.StateFolder;
import org.consentry.release.Publisher;

/** Opens sessions on a state folder for the person who runs the command. */
final class Sessions {

  private Sessions() {}

  /** Begins work, after what a crash left is settled. */
  static StateSession open(StateFolder state, Console console) {
    return StateSession.open(environment(state, console));
  }

  /** Begins to answer a question about published releases. */
  static StateSession ask(StateFolder state, Console console) {
    return StateSession.ask(environment(state, console));
  }

  /** Opens a state folder to check it; writes nothing. */
  static StateSession look(StateFolder state, Console console) {
    return StateSession.look(environment(state, console));
  }

  /** The operator, the clock of the machine and progress on standard error. */
  static StateSession.Environment environment(StateFolder state, Console console) {
    return environment(state, console, step -> {}, Instant::now);
  }

  /** The same with a listener to steps of a publication, and by another clock. */
  static StateSession.Environment environment(
      StateFolder state, Console console, Consumer<Publisher.Step> steps, Supplier<Instant> clock) {
    return new StateSession.Environment(
        state,
        OperatorName.name(),
        OperatorName.askedBy(System.getenv()),
        clock,
        steps,
        new ConsoleProgress(
            console,
            clock,
            ConsoleProgress.Screen.of(console),
            Optional.of(new ProgressFile(state))));
  }
}
