package org.consentry.followup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.consentry.export.ClinicZone;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.ProblemException;

/** Moments as people of the clinic read them: in its own time, with the zone, to the second. */
public final class Moments {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private final ZoneId zone;

  private Moments(ZoneId zone) {
    this.zone = zone;
  }

  /** In the zone of a run's job, or else of the installation; UTC where neither is known. */
  public static Moments of(StateFolder state, RunRecord record) {
    try {
      return new Moments(ClinicZone.of(Path.of(record.jobFile()), state));
    } catch (ProblemException jobIsGone) {
      return of(state);
    }
  }

  /** In the zone of the installation; UTC where it is not known. */
  public static Moments of(StateFolder state) {
    try {
      return new Moments(ClinicZone.ofInstallation(state));
    } catch (ProblemException unknown) {
      return new Moments(ZoneOffset.UTC);
    }
  }

  /** The zone. */
  public ZoneId zone() {
    return zone;
  }

  /** A moment such as {@code 2026-11-29 07:12:00 -07:00 America/Phoenix}. */
  public String words(Instant moment) {
    String time = FORM.format(moment.atZone(zone));
    return zone instanceof ZoneOffset ? time.replace("+00:00", "UTC") : time + " " + zone;
  }

  /** The same of ISO 8601. */
  public String words(String moment) {
    return words(Instant.parse(moment));
  }

  /** A moment for programs: ISO 8601 UTC, to the second. */
  public static String iso(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same of ISO 8601. */
  public static String iso(String moment) {
    return iso(Instant.parse(moment));
  }
}
