package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.followup.Register;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Problem;
import org.consentry.service.ReleasePages;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.StateReader;
import org.consentry.service.Visitor;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.Pages;
import org.consentry.service.page.RegisterPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of a state folder and of releases that are damaged, hostile or many. */
final class DamagedPagesTest {

  private static final String JOB = "eyelid-outcomes";
  private static final List<String> PAGES =
      List.of("/", "/runs", "/register", "/register.csv", "/calendar", "/ledger", "/jobs");

  @TempDir private static Path folder;
  private static Installation place;
  private static Site site;
  private static Visitor visitor;
  private static String release;

  @BeforeAll
  static void releaseOnce() throws Exception {
    place = SmallSample.in(folder.toRealPath());
    place.replace(
        place.job(JOB),
        "title: Outcomes of upper eyelid surgery",
        "title: \"Outcomes <script>alert(1)</script> & 'more'\"");
    assertThat(place.run(JOB).exitCode()).isZero();
    release = "/releases/" + JOB + "/" + place.release(JOB).getFileName();
    place.keepCopy();
    site = Site.start(place.root());
    visitor = site.signedIn(Role.COMPLIANCE);
  }

  @AfterAll
  static void end() {
    site.close();
  }

  @AfterEach
  void repair() {
    for (String name : List.of("releases", "state/ledger", "state/manifests")) {
      Installation.delete(place.root().resolve(name));
      Installation.copy(place.root().resolve("copy").resolve(name), place.root().resolve(name));
    }
  }

  private static String get(String path, int status) throws IOException, InterruptedException {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(answer.body()).as(path).doesNotContain("Exception").doesNotContain("at org.");
    return answer.body();
  }

  @Test
  void whatPeopleWroteStaysText() throws Exception {
    for (String path : List.of("/register", release, release + "/manifest")) {
      assertThat(get(path, 200))
          .contains("Outcomes &lt;script&gt;alert(1)&lt;/script&gt; &amp; ")
          .doesNotContain("<script>alert");
    }
  }

  @Test
  void aSearchIsPrintedAsText() throws Exception {
    assertThat(get("/register?recipient=%22%3E%3Cscript%3E", 200))
        .contains("value=\"&#34;>&lt;script>\"")
        .doesNotContain("\"><script>");
    assertThat(get("/register?from=yesterday", 400)).contains("expected a day such as");
    assertThat(get("/runs?part=many", 400)).contains("Not understood");
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    for (String path :
        List.of(
            "/runs/none",
            "/runs/none/approval",
            "/runs/none/approval/statement",
            "/releases/none/none",
            "/releases/none/none/manifest",
            "/jobs/none",
            "/mappings/none",
            "/assets/none")) {
      get(path, 404);
    }
  }

  @Test
  void aReleaseThatWasChangedDoesNotVerifyAndOneThatWasMovedIsAProblem() throws Exception {
    Path manifest = place.release(JOB).resolve("manifest.json");
    Installation.write(manifest, Installation.read(manifest).replace("\"status\"", "\"state\""));
    assertThat(visitor.post(release + "/verification", Map.of()).body())
        .contains("not verified")
        .contains("the content is not what was signed");

    Installation.delete(place.release(JOB));
    StateReader reader = new StateReader(new StateFolder(place.home()), Instant::now);
    ReleasePages unread = new ReleasePages(reader);
    String name = release.substring(release.lastIndexOf('/') + 1);
    assertThat(unread.release(JOB, name).problems())
        .extracting(Problem::code)
        .containsExactly("MANIFEST");
    assertThat(get("/register", 200)).contains(JOB);
  }

  @Test
  void aChangedLedgerIsTheOnlyThingEveryPageShows() throws Exception {
    Path entries = place.home().resolve("ledger/entries.jsonl");
    Installation.write(entries, Installation.read(entries).replace("steward@clinic", "x@clinic"));

    for (String path : PAGES) {
      assertThat(get(path, 500)).contains("Something is not in order").contains("LEDGER");
    }
    repair();
    for (String path : PAGES) {
      get(path, 200);
    }
  }

  @Test
  void tenThousandReleasesAreShownInParts() {
    Register one =
        Register.of(
            new StateFolder(place.home()),
            Ledger.read(new StateFolder(place.home())),
            ZoneOffset.UTC);
    Register many = new Register(Collections.nCopies(10_000, one.disclosures().get(0)));
    Frame frame = new Frame(Links.ofServer(), "ann", Set.of(), Optional.empty(), Optional.empty());

    for (int number : List.of(-1, 1, 57, 100, Integer.MAX_VALUE)) {
      RegisterPage page = RegisterPage.onServer(many, Register.Search.ALL, LocalDate.EPOCH, number);
      String html = new String(Pages.render(frame, page), StandardCharsets.UTF_8);

      assertThat(page.rows()).hasSize(100);
      assertThat(html).contains(" of 10,000").hasSizeLessThan(300_000);
    }
  }
}
