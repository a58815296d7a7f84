package org.consentry.export;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.consentry.consent.PlainExplanation;
import org.consentry.plan.ExportPlan;
import org.consentry.release.PlainPage;

/** The answer to the question about a patient, as a page for the patient's file. */
public final class ExplanationPage {

  private ExplanationPage() {}

  /**
   * The page; it names the patient.
   *
   * @param by who asked
   * @param now in the clinic's zone; written to the minute
   */
  public static byte[] of(
      ExportPlan plan, Explainer.Patient explained, String id, String by, LocalDateTime now) {
    return new PlainPage(
            "File note: may records be released?",
            List.of(
                "Patient: " + id,
                "Job "
                    + plan.job().name()
                    + ", "
                    + plan.job().kind().asked()
                    + " "
                    + plan.job().study().title()
                    + ".",
                explained.plain().answer(),
                "Written on "
                    + now.truncatedTo(ChronoUnit.MINUTES)
                    + " by "
                    + by
                    + ". This page is confidential: it names the patient."),
            explained.plain().paragraphs().stream().map(ExplanationPage::section).toList())
        .page();
  }

  private static PlainPage.Section section(PlainExplanation.Paragraph paragraph) {
    List<String> sentences = paragraph.sentences();
    return new PlainPage.Section(
        paragraph.heading(),
        IntStream.range(0, sentences.size())
            .mapToObj(number -> Map.entry(Integer.toString(number + 1), sentences.get(number)))
            .toList());
  }
}
