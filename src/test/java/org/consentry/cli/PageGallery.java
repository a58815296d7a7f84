package org.consentry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.consentry.followup.CheckedFile;
import org.consentry.followup.Register;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.service.FilePages;
import org.consentry.service.ReleasePages;
import org.consentry.service.RunPages;
import org.consentry.service.StateReader;
import org.consentry.service.page.AnswerPage;
import org.consentry.service.page.DueJob;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.Look;
import org.consentry.service.page.Mark;
import org.consentry.service.page.PageModel;
import org.consentry.service.page.Pages;
import org.consentry.service.page.Post;
import org.consentry.service.page.ProblemPage;
import org.consentry.service.page.QuestionsPage;
import org.consentry.service.page.SignInPage;
import org.consentry.service.page.Tone;

/**
 * Every page of the service, made of a state folder with a published, a replaced, a staged and a
 * failed run, an open recall and a mapping with mistakes.
 */
final class PageGallery {

  static final String JOB = "eyelid-outcomes";

  private final Installation place;
  private final Map<String, PageModel> pages = new LinkedHashMap<>();

  private PageGallery(Installation place) {
    this.place = place;
  }

  /** The pages of a state folder in an empty folder. */
  static PageGallery in(Path root) throws IOException {
    Installation place = SmallSample.in(root);
    CanaryClinic clinic = CanaryClinic.over(place);
    expect(place.run(JOB), 0);
    expect(place.run(JOB), 0);
    place.append(
        place.clinic("consents"),
        clinic.withdrawal(CanaryClinic.Person.RELEASED, "2026-01-02T10:00:00"));
    expect(place.call("recall"), 0);
    String visits = Installation.read(place.clinic("visits"));
    place.append(place.clinic("visits"), "a row of one cell");
    place.run(JOB);
    Installation.write(place.clinic("visits"), visits);
    place.replace(place.job(JOB), "output: {", "approval: {required: 1}\noutput: {");
    pin(place);
    expect(place.run(JOB), 4);
    Installation.write(place.job("broken"), "job: broken\nstudy: {id: X, password: hunter2}\n");
    PageGallery gallery = new PageGallery(place);
    gallery.fill();
    return gallery;
  }

  private static void expect(Installation.Answer answer, int code) {
    if (answer.exitCode() != code) {
      throw new IllegalStateException(answer.err());
    }
  }

  static void pin(Installation place) {
    Approvers.pin(
        new StateFolder(place.home()),
        name -> place.root().resolve("keys/" + name + ".pem"),
        "ann");
    place.replace(
        place.home().resolve("approvers"), "namespaces=", "valid-before=\"20310101Z\",namespaces=");
  }

  private void fill() {
    StateReader reader = new StateReader(new StateFolder(place.home()), Instant::now);
    RunPages runs = new RunPages(reader, PageGallery::schedules, Optional::empty);
    ReleasePages releases = new ReleasePages(reader);
    FilePages files =
        new FilePages(
            reader,
            List.of(place.root().resolve("jobs"), place.root().resolve("mappings")),
            PageGallery::schedules);
    String published = place.releases(JOB).get(0).getFileName().toString();
    String newest = place.release(JOB).getFileName().toString();
    releases.verifyLedger();
    pages.put("overview", runs.overview());
    pages.put("runs", runs.runs("", "", 1));
    pages.put("runs-failed", runs.runs(JOB, "failed", 1));
    pages.put("run-staged", runs.run(place.newestRun().run()));
    pages.put("run-published", runs.run(runs.runs("", "published", 1).runs().get(0).run()));
    pages.put("run-failed", runs.run(runs.runs("", "failed", 1).runs().get(0).run()));
    pages.put("approval", runs.approval(place.newestRun().run()));
    pages.put("register", releases.register(Register.Search.ALL, 1));
    pages.put(
        "register-none",
        releases.register(
            new Register.Search("no-such", "", "", "", Optional.empty(), Optional.empty()), 1));
    pages.put("release", releases.release(JOB, newest));
    pages.put("release-verified", releases.verified(JOB, published));
    pages.put("calendar", files.calendar());
    pages.put("ledger", releases.ledger(1));
    pages.put("jobs", files.jobs());
    pages.put("file", files.file(CheckedFile.Kind.JOB, JOB));
    pages.put("file-broken", files.file(CheckedFile.Kind.JOB, "broken"));
    pages.put("questions", new QuestionsPage(List.of(JOB)));
    pages.put("answer", new AnswerPage("Disclosures of a patient", List.of("due: none", "")));
    pages.put(
        "problem",
        new ProblemPage(
            "The ledger was changed",
            "No page is shown until it is restored.",
            List.of(
                Problem.error("LEDGER_CUT", Place.of("ledger"), "the ledger is gone", "restore"))));
    pages.put("signin", new SignInPage("/sign-in", "Name or password is wrong.", "/oauth2"));
  }

  private static List<DueJob> schedules() {
    return List.of(
        new DueJob(
            JOB,
            "0 2 * * MON, America/Phoenix",
            "2026-12-07 02:00",
            new Mark(Tone.WAIT, "due"),
            "",
            DueJob.File.THERE,
            List.of(
                new Post("/jobs/" + JOB + "/pause", "Pause", Map.of(), Post.Weight.PLAIN),
                new Post("/jobs/" + JOB + "/run", "Run now", Map.of(), Post.Weight.PLAIN))),
        new DueJob(
            "broken",
            "0 3 * * *",
            "",
            new Mark(Tone.BAD, "not valid"),
            "the last good schedule is used",
            DueJob.File.THERE,
            List.of()),
        new DueJob(
            "removed",
            "",
            "",
            new Mark(Tone.WAIT, "missed"),
            "Missed 2026-11-30 02:00: the job file was removed.",
            DueJob.File.GONE,
            List.of()));
  }

  /** The names of all pages. */
  Set<String> names() {
    return pages.keySet();
  }

  Installation place() {
    return place;
  }

  PageModel model(String name) {
    return Objects.requireNonNull(pages.get(name));
  }

  /** A page as a server sends it to a person who may do everything. */
  String html(String name) {
    Frame frame =
        new Frame(
            Links.ofServer(),
            "ann",
            Set.of(Frame.Right.values()),
            Optional.of(new Frame.Token("_csrf", "token")),
            Optional.of("Done."));
    return new String(Pages.render(frame, model(name)), StandardCharsets.UTF_8);
  }

  /** The same with its style inside, so that it can be looked at without a server. */
  String whole(String name) {
    String html = html(name);
    String link = "<link rel=\"stylesheet\" href=\"" + Look.STYLE_PATH + "\">";
    if (!html.contains(link)) {
      throw new IllegalStateException("the page has no style");
    }
    return html.replace(link, "<style>" + Look.STYLE + "</style>")
        .replaceAll("<script src=[^>]*></script>", "");
  }
}
