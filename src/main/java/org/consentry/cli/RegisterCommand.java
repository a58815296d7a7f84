package org.consentry.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.export.ClinicZone;
import org.consentry.export.PageFile;
import org.consentry.followup.Register;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.RegisterTable;
import org.consentry.followup.Runs;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.service.RegisterFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists every release that left the clinic. */
@Command(
    name = "register",
    description = {
      "Lists the releases that left the clinic, the newest first.",
      "It shows to whom, on what basis and what ends when.",
      "It shows what became of each release afterwards.",
      "Numbers of people are exact: it is for the clinic only."
    },
    mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {

  private static final Pattern DAYS = Pattern.compile("([0-9]{1,4})d");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--recipient",
      paramLabel = "WORD",
      description = "Only to this recipient: its id, or a part of its name.")
  private @Nullable String recipient;

  @Option(names = "--study", paramLabel = "ID", description = "Only of this study.")
  private @Nullable String study;

  @Option(
      names = "--basis",
      paramLabel = "BASIS",
      description = "Only on this legal basis, as a job names it.")
  private @Nullable String basis;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only of this kind of disclosure, as a job names it.")
  private @Nullable String kind;

  @Option(names = "--year", paramLabel = "YEAR", description = "Only of this year.")
  private @Nullable Integer year;

  @Option(
      names = "--ending",
      paramLabel = "DAYS",
      description = "Only where something ends within so many days, such as 60d.")
  private @Nullable String ending;

  @ArgGroup private Form form = new Form();

  /** How it is shown, where not as lines. */
  private static final class Form {
    @Option(
        names = "--html",
        paramLabel = "DIR",
        description = "Writes pages that can be searched, and CSV, into a new folder.")
    private @Nullable Path html;

    @Option(names = "--csv", description = "Prints CSV.")
    private boolean csv;
  }

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    if (form.html != null) {
      PageFile.requireNew(form.html);
    }
    if (Runs.checkedLedger(state).isEmpty()) {
      if (form.csv) {
        csv(new Register(List.of()), LocalDate.EPOCH).lines().forEach(console::line);
      } else {
        common.noRunYet(console, state);
      }
      return 0;
    }
    ZoneId zone = ClinicZone.ofInstallation(state);
    LocalDate today = LocalDate.now(zone);
    Register register = selected(Register.of(state, Ledger.read(state), zone), today);
    if (form.html != null) {
      RegisterFolder.write(state, Ledger.read(state), register, selection(), today, form.html);
    }
    for (Disclosed one : register.disclosures()) {
      console.result("disclosedRelease", RegisterFields.of(one, today));
    }
    if (form.csv) {
      csv(register, today).lines().forEach(console::line);
    } else {
      lines(register, today).forEach(console::line);
      console.line(CountWords.of(register.disclosures().size(), "release") + ". " + selection());
    }
    return 0;
  }

  private static List<String> lines(Register register, LocalDate today) {
    List<String> lines = new ArrayList<>();
    for (Disclosed one : register.disclosures()) {
      lines.add(RegisterTable.line(one));
      RegisterTable.toDo(one, today).forEach(todo -> lines.add("            " + todo));
    }
    return lines;
  }

  private static String csv(Register register, LocalDate today) {
    return new String(RegisterTable.csv(register, today), StandardCharsets.UTF_8);
  }

  private Register selected(Register all, LocalDate today) {
    Register register =
        all.found(
            new Register.Search(
                word(recipient),
                word(study),
                word(basis),
                word(kind),
                Optional.empty(),
                Optional.empty()));
    if (year != null) {
      register = register.ofYear(year);
    }
    if (ending != null) {
      register = register.endingUpTo(today.plusDays(days(ending)));
    }
    return register;
  }

  private static String word(@Nullable String option) {
    return option == null ? "" : option;
  }

  private static long days(String word) {
    Matcher days = DAYS.matcher(word);
    if (!days.matches()) {
      throw ProblemException.of(
          Category.USAGE,
          "ENDING",
          Place.of("--ending"),
          "expected a number of days and the letter d, such as 60d",
          "");
    }
    return Long.parseLong(days.group(1));
  }

  private String selection() {
    List<String> words = new ArrayList<>();
    if (recipient != null) {
      words.add("to " + recipient);
    }
    if (study != null) {
      words.add("of study " + study);
    }
    if (basis != null) {
      words.add("on the basis " + basis);
    }
    if (kind != null) {
      words.add("of kind " + kind);
    }
    if (year != null) {
      words.add("of " + year);
    }
    if (ending != null) {
      words.add("with an end within " + ending);
    }
    return words.isEmpty() ? "Every release." : "Releases " + String.join(", ", words) + ".";
  }
}
