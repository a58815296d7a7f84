package org.consentry.plan;

import java.util.List;
import java.util.Optional;
import org.consentry.config.CsvWords;
import org.consentry.connector.SourceTable;
import org.consentry.consent.ConsentCells;
import org.consentry.data.Placeholder;
import org.consentry.profile.TableProfile;

/**
 * A file of consent lines to begin with: its header and one example line of each kind. The lines
 * have placeholders in place of ids, so that no run takes them for consents.
 */
public final class DraftConsents {

  private static final String HEADER =
      "line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,expiry_event,"
          + "legal_basis,form_id,form_version,evidence_sha256,signer_role,signer_authority,assent,"
          + "purposes,duo,studies,recipients,data_from,data_to,categories_in,categories_ex,revokes,"
          + "supersedes,jurisdiction,source";

  private static final String EVIDENCE = Placeholder.of("SHA-256 of the signed form");
  private static final String FORM = "HIPAA_AUTH,RES-AUTH,1.0," + EVIDENCE;
  private static final String SIGNED = "2026-01-31T09:30:00,2026-01-31T10:00:00";

  /** What each line is an example of, and its cells after line and patient. */
  private static final List<List<String>> LINES =
      List.of(
          line(
              "permit for all research",
              "PERMIT,ACTIVE,"
                  + SIGNED
                  + ",2026-01-31,2031-01-30,,"
                  + FORM
                  + ",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,AZ,paper"),
          line(
              "permit for one study and one recipient until the study ends",
              "PERMIT,ACTIVE,"
                  + SIGNED
                  + ",2026-01-31,,END_OF_STUDY,"
                  + FORM
                  + ",PATIENT,,NA,CLINTRCH,,"
                  + Placeholder.of("id of the study")
                  + ","
                  + Placeholder.of("id of the recipient")
                  + ",*,*,*,,,,AZ,tablet"),
          line(
              "permit for some records only",
              "PERMIT,ACTIVE,"
                  + SIGNED
                  + ",2026-01-31,2031-01-30,,"
                  + FORM
                  + ",PATIENT,,NA,HRESCH,,*,*,2020-01-01,2025-12-31,*,PHOTO|NOTE,,,AZ,paper"),
          line(
              "permit of a parent with the child's assent",
              "PERMIT,ACTIVE,"
                  + SIGNED
                  + ",2026-01-31,2031-01-30,,"
                  + FORM
                  + ",PARENT,mother,YES,HRESCH,,*,*,*,*,*,,,,AZ,paper"),
          line(
              "denial",
              "DENY,ACTIVE," + SIGNED + ",,,," + FORM + ",PATIENT,,NA,,,,,,,,,,,AZ,paper"),
          line(
              "withdrawal of one line",
              "WITHDRAW,ACTIVE,"
                  + SIGNED
                  + ",,,,"
                  + FORM
                  + ",PATIENT,,NA,,,,,,,,,"
                  + Placeholder.of("line that is withdrawn")
                  + ",,AZ,portal"),
          line(
              "withdrawal of everything",
              "WITHDRAW,ACTIVE," + SIGNED + ",,,," + FORM + ",PATIENT,,NA,,,,,,,,,*,,AZ,portal"),
          line(
              "entered in error",
              "PERMIT,ENTERED_IN_ERROR,"
                  + SIGNED
                  + ",2026-01-31,2031-01-30,,"
                  + FORM
                  + ",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,AZ,paper"));

  private DraftConsents() {}

  private static List<String> line(String kind, String cells) {
    return List.of(kind, cells);
  }

  /**
   * How the file is written, where others are written so: bars are between words of a cell.
   *
   * @param usual how the tables are written
   */
  static CsvWords form(CsvWords usual) {
    return usual.between().indexOf(ConsentCells.SEPARATOR) < 0
        ? new CsvWords(CsvWords.RFC_4180.encoding(), usual.delimiter(), Optional.empty())
        : CsvWords.RFC_4180;
  }

  /** The keys of a job that reads a file of consents in the documented columns. */
  public static List<String> lines(CsvFolder.Consents found) {
    return DraftJob.csv(found.csv());
  }

  /**
   * The keys of a job that reads a file of consents which is not written in the documented way.
   *
   * @param profile what it contains
   * @param csv how it looks to be written
   */
  public static List<String> lines(SourceTable table, TableProfile profile, CsvWords csv) {
    return DraftConsentFile.of(table, profile, csv);
  }

  /** The file, with a final line end. */
  public static String text(DraftJob.Files files) {
    CsvWords form = form(files.form().usual());
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (List<String> line : LINES) {
      text.append(Placeholder.of("id of the line: " + line.get(0)))
          .append(',')
          .append(Placeholder.of("id of the patient"))
          .append(',')
          .append(line.get(1))
          .append('\n');
    }
    return text.toString().replace(",", form.between());
  }
}
