package org.consentry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.Parallel;
import org.consentry.export.RunKeys;
import org.consentry.export.SourceProfile;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.CsvFolder;
import org.consentry.plan.DraftConsents;
import org.consentry.plan.DraftJob;
import org.consentry.plan.DraftMapping;
import org.consentry.plan.DraftSource;
import org.consentry.plan.Schemas;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes a job, a mapping and keys to start from. Overwrites nothing, and leaves nothing behind
 * when it fails.
 */
@Command(
    name = "init",
    description = "Writes first jobs, a mapping and keys; overwrites nothing.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

  /** What an example clinic is made of, where no folder is named. */
  private static final Map<String, List<String>> EXAMPLE =
      Map.of(
          "patients", List.of("patient_id", "last_name", "date_of_birth", "sex", "zip"),
          "visits", List.of("visit_id", "patient_id", "visited_on", "visit_type", "note"));

  private static final List<String> TARGETS = DraftJob.targets();

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--from",
      paramLabel = "DATA",
      converter = PathWord.Any.class,
      description = "Folder of CSV files; names and values suggest roles.")
  private @Nullable Path from;

  @Mixin private HeaderOption header = new HeaderOption();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The folder to write to; default: this one.")
  private Path folder = Path.of("");

  @Mixin private ThreadsOption threads = new ThreadsOption();

  private final List<Path> made = new ArrayList<>();

  @Override
  public Integer call() {
    Optional<CsvFolder> data =
        Optional.ofNullable(from).map(folder -> header.read(folder, common.console()));
    Map<Path, String> files = files(data);
    List<Path> all = new ArrayList<>(files.keySet());
    all.addAll(studies());
    all.add(signing());
    requireNew(all);
    try {
      files.forEach(this::write);
      writeIfAbsent(folder.resolve("jobs/job.schema.json"), Schemas.job());
      writeIfAbsent(folder.resolve("mappings/mapping.schema.json"), Schemas.mapping());
      writeIfAbsent(folder.resolve(".gitignore"), "/keys/\n/releases/\n");
      keys();
    } catch (RuntimeException failed) {
      made.forEach(InitCommand::remove);
      throw failed;
    }
    show();
    return 0;
  }

  private Path mapping() {
    return folder.resolve("mappings/first.yaml");
  }

  private Path job(String target) {
    return folder.resolve("jobs/" + target + ".yaml");
  }

  private Path signing() {
    return folder.resolve("keys/manifest-signing.pem");
  }

  private List<Path> studies() {
    return TARGETS.stream().map(target -> folder.resolve("keys/" + target + ".key")).toList();
  }

  private Map<Path, String> files(Optional<CsvFolder> data) {
    Optional<CsvFolder.Consents> consent = data.flatMap(CsvFolder::consent);
    Map<String, List<String>> tables = data.map(CsvFolder::tables).orElse(EXAMPLE);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    DraftMapping.Draft draft =
        data.map(
                found ->
                    profile(SourceProfile.of(found.heads(), work()))
                        .draft(tables, found.heads(), today))
            .orElseGet(() -> DraftMapping.of(DraftSource.of(tables), today))
            .orElseThrow(this::noSubject);
    Path source = data.isPresent() ? relative() : Path.of("../data");
    DraftJob.Files read = DraftJob.Files.of(source.toString(), data);
    Optional<DraftJob.Consents> found = consent.map(file -> consents(file, source));
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(mapping(), draft.text());
    DraftJob.all(read, found.orElseGet(read::example), draft)
        .forEach((target, text) -> files.put(job(target), text));
    if (found.isEmpty()) {
      files.put(folder.resolve("consents.csv"), DraftConsents.text(read));
    }
    return files;
  }

  private DraftJob.Consents consents(CsvFolder.Consents found, Path source) {
    List<String> lines = DraftConsents.lines(found);
    if (!found.isDocumented()) {
      lines = profile(SourceProfile.of(found.tables(), work())).consents(found);
      String line = found.file() + " has consents; see how the jobs read it";
      common.console().line("recognised: " + line);
      common.console().result("recognised", Map.of("text", line));
    }
    return new DraftJob.Consents(source.resolve(found.file()).toString(), lines);
  }

  private Parallel work() {
    return Parallel.onThreads(threads.count());
  }

  private SourceProfile profile(SourceProfile profile) {
    Problems unread = new Problems();
    unread.addAll(profile.unread());
    unread.throwIfAny(Category.FILES_INVALID);
    ProblemLines.show(common.console(), unread.list());
    return profile;
  }

  /** The data as the job names it: relative to the job's folder where that is possible. */
  private Path relative() {
    Path data = Optional.ofNullable(from).orElseThrow().toAbsolutePath().normalize();
    Path jobs = folder.resolve("jobs").toAbsolutePath().normalize();
    return data.getRoot() != null && data.getRoot().equals(jobs.getRoot())
        ? jobs.relativize(data)
        : data;
  }

  private ProblemException noSubject() {
    return ProblemException.of(
        Category.FILES_INVALID,
        "NO_SUBJECT",
        Place.of(String.valueOf(from)),
        "no table seems to describe people: none has such a name, as patients, or a birth date,"
            + " and a column that identifies each",
        "call the table patients and that column patient_id, or write the mapping by hand");
  }

  private static void requireNew(List<Path> files) {
    Problems problems = new Problems();
    for (Path file : files) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        problems.error(
            "FILE_EXISTS",
            Place.of(file),
            "a file is there already and nothing is overwritten",
            "name another folder");
      }
    }
    problems.throwIfAny(Category.USAGE);
  }

  private void writeIfAbsent(Path file, String text) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      write(file, text);
    }
  }

  private void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, "", StandardOpenOption.CREATE_NEW);
      made.add(file);
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (FileAlreadyExistsException raced) {
      requireNew(List.of(file));
    } catch (IOException failed) {
      throw ProblemException.of(
          DiskFailure.category(failed),
          "UNWRITABLE",
          Place.of(file),
          "the file cannot be written",
          "check the folder and the space on its disk");
    }
  }

  private void keys() {
    for (Path study : studies()) {
      StudyKey.generate().writeNew(study.toAbsolutePath());
      made.add(study);
    }
    SigningKey key = SigningKey.generate();
    key.writeNew(signing().toAbsolutePath());
    made.add(signing());
    StateFolder state = common.state();
    state.prepare();
    state.trust(AllowedSigners.Entry.forManifests(RunKeys.SIGNER, key.publicKey()));
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      // The failure that led here is reported; a draft that stays is named by the next attempt.
    }
  }

  private void show() {
    Console console = common.console();
    for (Path file : made) {
      console.line("made " + file);
      console.result("madeFile", Map.of("file", file.toString()));
    }
    console.line("");
    console.line("Nothing is released before each <...> is replaced. Next:");
    console.line("  edit " + mapping());
    console.line("  edit " + job(TARGETS.get(0)) + ", or the job of another target");
    console.line("  consentry validate " + job(TARGETS.get(0)));
  }
}
