package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.consent.ConsentDecider;
import org.consentry.consent.ConsentRequest;
import org.consentry.consent.ConsentRequest.MethodsResearch;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.Profit;
import org.consentry.consent.ConsentRequest.Recipient;
import org.consentry.consent.ConsentRequest.StudyState;
import org.consentry.consent.ConsentRequest.Use;
import org.consentry.consent.RestrictionDigest;
import org.consentry.data.BirthDays;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.ConsentOrigin;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsentLinesTest {

  private static final String HEADER =
      "line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,expiry_event,"
          + "legal_basis,form_id,form_version,evidence_sha256,signer_role,signer_authority,assent,"
          + "purposes,duo,studies,recipients,data_from,data_to,categories_in,categories_ex,revokes,"
          + "supersedes,jurisdiction,source\n";
  private static final String DENIAL = "L1,P1,DENY,ACTIVE" + ",".repeat(24) + "\n";

  @TempDir Path folder;

  @Test
  void refusesAFileThatChangesWhileItIsRead() throws IOException {
    Path file = write((HEADER + DENIAL).getBytes(StandardCharsets.UTF_8));
    ConsentLines lines = ConsentLines.open(file, "consents.csv", ConsentForm.USUAL);
    Files.writeString(file, HEADER + DENIAL.replace("P1", "P2"));

    assertThatThrownBy(() -> read(lines))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.category()).isEqualTo(Category.STALE))
        .hasMessageStartingWith("consents.csv: error SOURCE_CHANGED");
  }

  @Test
  void refusesAFileThatGrowsWhileItIsRead() throws IOException {
    Path file = write((HEADER + DENIAL).getBytes(StandardCharsets.UTF_8));
    ConsentLines lines = ConsentLines.open(file, "consents.csv", ConsentForm.USUAL);
    Files.writeString(file, DENIAL, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> read(lines))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.category()).isEqualTo(Category.STALE));
  }

  @Test
  void stopsAtARowOfOver16Mebibytes() throws IOException {
    Path file = write((HEADER + "\"" + "x".repeat(17 << 20)).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(ConsentLines.open(file, "consents.csv", ConsentForm.USUAL)))
        .hasMessage(
            "consents.csv:2: error CONSENT_QUOTING found a row of over 16 MiB, as a quote in a"
                + " wrong place makes; quote as in RFC 4180");
  }

  @Test
  void stopsAtAFileInUtf16() throws IOException {
    Path file = write((HEADER + DENIAL).getBytes(StandardCharsets.UTF_16));

    assertThatThrownBy(() -> ConsentLines.open(file, "consents.csv", ConsentForm.USUAL))
        .hasMessage(
            "consents.csv: error CONSENT_ENCODING expected utf-8 but the file begins with the byte"
                + " order mark of UTF-16; export the table again as utf-8");
  }

  @Test
  void stopsAtAnEmptyLineBeforeTheHeader() throws IOException {
    Path file = write(("\n" + HEADER + DENIAL).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(ConsentLines.open(file, "consents.csv", ConsentForm.USUAL)))
        .hasMessageStartingWith("consents.csv:2: error CONSENT_RAGGED expected 28 fields");
  }

  @Test
  void aLookAtTheFirstLinesReportsEachOfThemAlone() throws IOException {
    String bad = DENIAL.replace("DENY", "CANARY");
    String text = HEADER + DENIAL + bad + "L,P1\n" + DENIAL + "\n" + DENIAL + bad;
    Path file = write(text.getBytes(StandardCharsets.UTF_8));

    List<String> all = look(file, 1000);

    assertThat(all)
        .containsExactly(
            "consents.csv:3: warning BAD_RESTRICTION_ROW column 'decision' should have one of"
                + " PERMIT, DENY, WITHDRAW; its patient is excluded until it is corrected",
            "consents.csv:4: error CONSENT_RAGGED expected 28 fields but found 2; a restriction may"
                + " be lost here; repair the line",
            "consents.csv:6: error CONSENT_RAGGED expected 28 fields but found 1; a restriction may"
                + " be lost here; repair the line",
            "consents.csv:8: warning BAD_RESTRICTION_ROW column 'decision' should have one of"
                + " PERMIT, DENY, WITHDRAW; its patient is excluded until it is corrected");
    assertThat(look(file, 2)).isEqualTo(all.subList(0, 2));
  }

  @Test
  void aLookAtTheHeaderReportsAllColumnsThatAreMissingOrUnknown() throws IOException {
    String header = HEADER.replace("signed_at", "signed").replace("duo", "duos");

    assertThat(look(write(header.getBytes(StandardCharsets.UTF_8)), 1000))
        .containsExactly(
            "consents.csv:1: error CONSENT_HEADER columns 'signed_at', 'duo' are missing; add them",
            "consents.csv:1: error CONSENT_HEADER columns 5, 18 are no columns of consent lines;"
                + " remove them");
  }

  private static List<String> look(Path file, int most) {
    return ConsentLines.look(ConsentOrigin.of(file, "consents.csv"), ConsentForm.USUAL, most)
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("consents.csv"), bytes);
  }

  private static void read(ConsentLines lines) {
    SubjectKeys keys = new SubjectKeys();
    keys.add(new byte[] {'P', '1'}, 0, 2);
    ConsentDecider decider = new ConsentDecider(request(), keys, BirthDays.on(new int[1]));
    lines.read(keys, decider, RestrictionDigest.NONE, Parallel.onCallingThread());
  }

  private static ConsentRequest request() {
    return new ConsentRequest(
        "IRB-2026-014",
        StudyState.OPEN,
        "HRESCH",
        MethodsResearch.NO,
        List.of(),
        new Recipient(
            "uni-x", Set.of(), Profit.NON_PROFIT, Use.NON_COMMERCIAL, "US", Set.of(), Set.of()),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        LocalDateTime.of(2026, 11, 23, 12, 0),
        Minors.STRICT);
  }
}
