package org.consentry.cli;

import org.consentry.problem.Address;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Reports a command line that cannot be understood, to programs as an event like any other. */
final class UsageFailures implements IParameterExceptionHandler {

  private final IParameterExceptionHandler text;

  /** Reports to people as another handler does. */
  UsageFailures(IParameterExceptionHandler text) {
    this.text = text;
  }

  @Override
  public int handleParseException(ParameterException unsafe, String[] arguments) throws Exception {
    ParameterException failure = withoutAddresses(unsafe, arguments);
    Consoles consoles = Consoles.of(failure.getCommandLine());
    if (!Consoles.isJson(arguments)) {
      text.handleParseException(failure, arguments);
      return Category.USAGE.exitCode();
    }
    consoles
        .named(failure.getCommandLine().getCommandSpec().qualifiedName())
        .forFailure(arguments)
        .problem(
            Problem.error(
                "USAGE",
                Place.of("command line"),
                String.valueOf(failure.getMessage()),
                "consentry " + failure.getCommandLine().getCommandName() + " --help"));
    return Category.USAGE.exitCode();
  }

  /** The parser repeats words that it does not expect; one of an address may be a password. */
  private static ParameterException withoutAddresses(
      ParameterException failure, String... arguments) {
    String message = String.valueOf(failure.getMessage());
    String safe = message;
    for (String argument : arguments) {
      String word = argument.startsWith("-") ? argument.replaceFirst("^[^=]*=", "") : argument;
      safe = Address.is(word) ? safe.replace(word, "an address") : safe;
    }
    return safe.equals(message) ? failure : new ParameterException(failure.getCommandLine(), safe);
  }
}
