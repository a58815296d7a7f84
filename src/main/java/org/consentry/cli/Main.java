package org.consentry.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program's main: parses the command line before anything else is started. */
@Command(
    name = "consentry",
    description = "Releases clinic records to researchers, with the patients' consent.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:Failed, also where permission is denied or a disk is read-only.",
      "2:Wrong usage.",
      "3:Released, with bad rows within the share that the job tolerates.",
      "4:Staged, waits for approval.",
      "10:A job, mapping, list or source file is invalid.",
      "11:Another run has the lock.",
      "12:An approval, agreement or board approval is missing or expired.",
      "13:A disclosure check failed; nothing was released.",
      "14:A key, the code vault or an earlier release is not available.",
      "15:Consent or inputs changed during the run.",
      "20:State, backup or release is damaged, or was changed.",
      "75:A disk is full or was away, or a database did not work; try again.",
      "130, 143:Stopped.",
      "137:Killed, or out of memory."
    })
public final class Main implements Runnable {

  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          ValidateCommand.class,
          ProfileCommand.class,
          PlanCommand.class,
          RiskCommand.class,
          RunCommand.class,
          ResumeCommand.class,
          ReviewCommand.class,
          ApproveCommand.class,
          PublishCommand.class,
          StatusCommand.class,
          ListCommand.class,
          AbandonCommand.class,
          AdoptCommand.class,
          PurgeCommand.class,
          VerifyCommand.class,
          DiffCommand.class,
          ScanCommand.class,
          ExplainCommand.class,
          AccountingCommand.class,
          RecallCommand.class,
          RegisterCommand.class,
          PackageCommand.class,
          ConfirmCommand.class,
          LedgerCommand.class,
          BackupCommand.class,
          RestoreCommand.class,
          DoctorCommand.class,
          ClassifyCommand.class,
          ScheduleCommand.class,
          ServeCommand.class,
          KeysCommand.class,
          SchemaCommand.class,
          CompletionCommand.class,
          ManCommand.class);

  @Spec private @Nullable CommandSpec command;

  private Optional<Consoles> consoles = Optional.empty();

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the words of the command line
   */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> report(failure));
    int code = execute(commandLine(arguments), arguments);
    ExitCode.is(code);
    System.exit(code);
  }

  private static void report(Throwable failure) {
    OutOfMemory.endIfItIs(failure);
    System.err.println(Failures.problem(failure));
  }

  /** Runs one command and returns its exit code. */
  static int execute(CommandLine line, String... arguments) {
    Consoles consoles = Consoles.of(line);
    int code = code(line, consoles, arguments);
    consoles.end(code);
    return code;
  }

  private static int code(CommandLine line, Consoles consoles, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (RuntimeException | Error unexpected) {
      OutOfMemory.endIfItIs(unexpected);
      consoles.forFailure(arguments).problem(Failures.problem(unexpected));
      return Failures.codeOf(unexpected);
    }
  }

  /**
   * The command line for these words. A command that they begin with is the only one that is made:
   * to make all of them takes longer than the work of most.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    String first = arguments.length == 0 ? "" : arguments[0];
    List<Class<?>> named = COMMANDS.stream().filter(type -> isNamed(type, first)).toList();
    (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
    return line.setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(new UsageFailures(line.getParameterExceptionHandler()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, new PathWord());
  }

  /** Commands are named after their classes; to read the annotations of all takes longer. */
  private static boolean isNamed(Class<?> type, String word) {
    return type.getSimpleName().toLowerCase(Locale.ROOT).equals(word + "command");
  }

  /** The console of this command line. */
  Consoles consoles(CommandLine root) {
    Consoles of = consoles.orElseGet(() -> new Consoles(root));
    consoles = Optional.of(of);
    return of;
  }

  @Override
  public void run() {
    if (command == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    throw new ParameterException(
        command.commandLine(), "name a command (exit " + Category.USAGE.exitCode() + ")");
  }
}
