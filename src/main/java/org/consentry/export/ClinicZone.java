package org.consentry.export;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.consentry.config.Job.Zone;
import org.consentry.config.JobFile;
import org.consentry.config.SafeWord;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * In which time zone the clinic's days begin: the zone of the job, or else that of {@code
 * application.properties} of the state folder. Neither the environment nor the Java system property
 * decides.
 */
public final class ClinicZone {

  private static final String KEY = "zone";
  private static final String FILE = "application.properties";

  private ClinicZone() {}

  /**
   * The zone of a job.
   *
   * @throws ProblemException category FILES_INVALID when neither job nor state folder names one, or
   *     the state folder names none that exists
   */
  public static ZoneId of(Path job, StateFolder state) {
    Problems unread = new Problems();
    Optional<JobFile> read = JobFile.read(job, job.toString(), unread);
    return read.flatMap(ClinicZone::of)
        .or(() -> of(state))
        // A job that cannot be read is refused in every zone.
        .or(() -> read.isEmpty() ? Optional.of(ZoneOffset.UTC) : Optional.empty())
        .orElseThrow(
            () -> missing(Place.name(job), "to the job or to " + FILE + " of the state folder"));
  }

  /**
   * Checks that the zone of a job is known.
   *
   * @param file any file; only of a job that can be read a zone is asked
   * @param state finds the state folder, when it is needed
   * @return what is wrong; empty when nothing is
   */
  public static List<Problem> check(Path file, Supplier<StateFolder> state) {
    if (JobFile.read(file, file.toString(), new Problems()).isPresent()) {
      try {
        of(file, state.get());
      } catch (ProblemException missing) {
        return missing.problems();
      }
    }
    return List.of();
  }

  private static Optional<ZoneId> of(JobFile file) {
    return file.job().zone().map(Zone::id);
  }

  /**
   * The zone of an installation, for what belongs to no job: that of its state folder, or else of
   * the job of the newest run; UTC where no run was made.
   *
   * @throws ProblemException category FILES_INVALID when runs were made and neither names one: the
   *     state folder lost its properties, and another zone would give other days
   */
  public static ZoneId ofInstallation(StateFolder state) {
    return of(state).orElseGet(() -> ofNewestRun(state));
  }

  private static ZoneId ofNewestRun(StateFolder state) {
    List<RunRecord> runs = new RunRecords(state).all();
    if (runs.isEmpty()) {
      return ZoneOffset.UTC;
    }
    return runs.stream()
        .map(record -> Path.of(record.jobFile()))
        .filter(Files::isReadable)
        .findFirst()
        .flatMap(job -> JobFile.read(job, job.toString(), new Problems()))
        .flatMap(ClinicZone::of)
        .orElseThrow(() -> missing(state.properties().toString(), "to this file"));
  }

  private static ProblemException missing(String place, String where) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "ZONE_MISSING",
        Place.of(place),
        "no time zone is named, so the day at the clinic is not known",
        "add zone: America/Phoenix, or the clinic's own, " + where);
  }

  /** What the state folder names. */
  private static Optional<ZoneId> of(StateFolder state) {
    return Optional.ofNullable(properties(state).getProperty(KEY)).map(ClinicZone::parse);
  }

  /**
   * What a person wrote for this installation; empty where there is no file.
   *
   * @throws ProblemException category FILES_INVALID when it cannot be read
   */
  static Properties properties(StateFolder state) {
    Properties properties = new Properties();
    Path file = state.properties();
    if (!Files.exists(file)) {
      return properties;
    }
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "ZONE",
          Place.of(FILE),
          "the file in the state folder cannot be read",
          "check its permissions and that it is a properties file in UTF-8");
    }
    return properties;
  }

  private static ZoneId parse(String word) {
    return Zone.parse(word.strip())
        .map(Zone::id)
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.FILES_INVALID,
                    "ZONE",
                    Place.of(FILE),
                    "there is no time zone " + SafeWord.word(word),
                    "name a region such as America/Phoenix, or UTC"));
  }
}
