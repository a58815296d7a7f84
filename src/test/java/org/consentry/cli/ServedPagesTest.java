package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Site;
import org.consentry.testing.BrowserWindow;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A release on its way through the service, in a real browser: it is made, approved by a signature
 * of ssh-keygen, published, found in the register and recalled.
 */
final class ServedPagesTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String SCHEDULED = "outcomes-limited-data-set";
  private static final Pattern PATIENT = Pattern.compile("P\\d{6}");
  private static final int TAB = 9;
  private static final int ENTER = 13;

  @TempDir private Path folder;
  private final List<String> violations = new ArrayList<>();

  @Test
  void aReleaseIsSeenApprovedFoundAndRecalled() throws Exception {
    assumeThat(BrowserWindow.isPossible()).as("skipped: there is no chromium here").isTrue();
    assumeThat(Program.isInstalled("ssh-keygen")).as("skipped: no ssh-keygen here").isTrue();
    Installation place = Installation.in(folder.toRealPath());
    place.addVisits(60_000);
    place.replace(place.job(JOB), "output: {", "approval: {required: 1}\noutput: {");
    Path key = approver(place);

    try (Site site = Site.start(place.root());
        BrowserWindow window =
            BrowserWindow.open(Files.createDirectory(folder.resolve("window")))) {
      window.size(1280, 900).look("light", "screen");
      signIn(window, site, "approver");
      check(window, "overview");
      assertThat(window.text()).contains("No run is at work.").contains("Signed in as approver");
      isReachedByKeys(window);

      String run = seesTheRunAtWork(window, site, place);
      approves(window, site, place, run, key);
      publishes(window, site, place, run);
      String release = place.release(JOB).getFileName().toString();
      findsIt(window, site, release);
      seesItRecalled(window, site, place, release);
      worksOnAPhoneWithoutScript(window, site, release);
      assertThat(window.complaints())
          .as("nothing is complained of but what was refused")
          .hasSize(3)
          .allMatch(one -> one.matches("Failed to load resource.* status of (422|403) .*"));
      assertThat(site.audit())
          .contains("\"act\":\"POST /runs/{run}/approval\"")
          .contains("\"about\":\"" + run + "\"");
    }
    assertThat(violations).isEmpty();
  }

  private static Path approver(Installation place) throws Exception {
    Path key = place.root().resolve("approver-key");
    int code =
        Program.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .run()
            .exitCode();
    assertThat(code).isZero();
    Path publicKey = key.resolveSibling("approver-key.pub");
    Installation.write(
        place.home().resolve("approvers"),
        "ann@clinic namespaces=\"consentry-approval\" " + Files.readString(publicKey));
    return key;
  }

  private static void signIn(BrowserWindow window, Site site, String name) throws Exception {
    window.open(site.address() + "/sign-in");
    window.type("#username", name).type("#password", Site.PASSWORD).click("button");
  }

  private void check(BrowserWindow window, String name) throws Exception {
    assertThat(PATIENT.matcher(window.run("document.documentElement.outerHTML")).find())
        .as(name)
        .isFalse();
    for (String scheme : List.of("dark", "light")) {
      window.look(scheme, "screen");
      window.violations().forEach(one -> violations.add(name + " " + scheme + ": " + one));
    }
  }

  /** The first key leads to the way around the navigation; every link and button has its turn. */
  private static void isReachedByKeys(BrowserWindow window) {
    window.press("Tab", TAB);
    assertThat(window.run("document.activeElement.className")).isEqualTo("skip");
    window.press("Enter", ENTER);
    assertThat(window.run("document.activeElement.id")).isEqualTo("main");
    window.run("document.activeElement.blur();document.body.focus()");
    int all = Integer.parseInt(window.run("document.querySelectorAll('a,button,summary').length"));
    window.run("window.seen=new Set();0");
    for (int i = 0; i < all * 2; i++) {
      window.press("Tab", TAB);
      window.run("seen.add(document.activeElement);0");
    }
    assertThat(
            window.run(
                "[...document.querySelectorAll('a,button,summary')].filter(one=>!seen.has(one))"
                    + ".map(one=>one.textContent).join()"))
        .isEmpty();
  }

  /** The page that is open shows it without being loaded again. */
  private String seesTheRunAtWork(BrowserWindow window, Site site, Installation place)
      throws Exception {
    window.open(site.address() + "/");
    Child child =
        Child.start(place, "run", "--create-keys", "--threads", "1", place.job(JOB).toString());
    assertThat(child.until(() -> Files.exists(place.home().resolve("progress.json"))))
        .as(child.printed())
        .isTrue();
    child.freeze();
    assertThat(window.shows("running")).isTrue();
    String run = place.newestRun().run();
    assertThat(window.text()).contains(run);
    check(window, "overview at work");
    window.open(site.address() + "/runs/" + run);
    assertThat(window.text()).contains("running").doesNotContain("Abandon");
    child.goOn();
    assertThat(child.end()).as(child.printed()).isEqualTo(4);
    assertThat(window.shows("Read and approve")).isTrue();
    return run;
  }

  private void approves(BrowserWindow window, Site site, Installation place, String run, Path key)
      throws Exception {
    window.click("a.button.first");
    check(window, "approval");
    String address = site.address() + "/runs/" + run + "/approval";
    assertThat(window.text()).contains("University X").contains("ssh-keygen -Y sign");
    Path statement = folder.resolve(run + ".json");
    Files.writeString(
        statement, window.run("fetch('" + address + "/statement').then(answer=>answer.text())"));
    String digest = Program.of("sha256sum", statement.toString()).run().out().split(" ", 2)[0];
    assertThat(window.text()).contains(digest);
    window.open(address + "/manifest");
    assertThat(window.text()).contains("Disclosure manifest".toUpperCase(java.util.Locale.ROOT));
    check(window, "manifest");

    window.open(address).choose("#signature", place.job(JOB)).click("form[enctype] button");
    assertThat(window.text()).contains("expected one OpenSSH signature");

    assertThat(
            Program.of(
                    "ssh-keygen",
                    "-Y",
                    "sign",
                    "-n",
                    "consentry-approval",
                    "-f",
                    key.toString(),
                    statement.toString())
                .run()
                .exitCode())
        .isZero();
    window
        .open(address)
        .choose("#signature", folder.resolve(run + ".json.sig"))
        .click("form[enctype] button");
    assertThat(window.text()).contains("The approval is recorded.").contains("1 of 1 approval");
    check(window, "run approved");
  }

  /** A steward presses the button; the command is started in its turn. */
  private void publishes(BrowserWindow window, Site site, Installation place, String run)
      throws Exception {
    window.click("form[action='/sign-out'] button");
    signIn(window, site, "steward");
    window.open(site.address() + "/runs/" + run);
    check(window, "run of a steward");
    window.click("form[action$='/publish'] button");
    assertThat(window.shows("It made the release")).as(window.text()).isTrue();
    assertThat(Ledger.read(new StateFolder(place.home())).entries(LedgerEntry.Kind.PUBLISHED))
        .extracting(entry -> entry.fact(LedgerFact.PUBLISHED_BY).orElseThrow())
        .containsExactly(System.getProperty("user.name") + " for steward");
  }

  private void findsIt(BrowserWindow window, Site site, String release) throws Exception {
    window.open(site.address() + "/register");
    window.type("#recipient", "university x").click("form[action='/register'] button");
    assertThat(window.text()).contains(JOB + "/" + release);
    check(window, "register");
    String csv = window.run("fetch('/register.csv?recipient=uni-x').then(answer=>answer.text())");
    assertThat(csv.lines()).hasSize(2).last().asString().contains(JOB + "/" + release);
    window.type("#recipient", "another").click("form[action='/register'] button");
    assertThat(window.text()).doesNotContain(JOB + "/" + release);
    window.open(site.address() + "/releases/" + JOB + "/" + release);
    check(window, "release");
    window.click("form[action$='/verification'] button");
    assertThat(window.text()).contains("nothing was changed since a trusted signer signed it");
    for (String page : List.of("/calendar", "/ledger", "/jobs", "/runs", "/jobs/" + JOB)) {
      window.open(site.address() + page);
      check(window, page);
    }
  }

  private void seesItRecalled(BrowserWindow window, Site site, Installation place, String release)
      throws Exception {
    withdrawAll(place);
    Installation.Answer recall = place.call("recall");
    assertThat(recall.exitCode()).as(recall.err()).isZero();
    window.open(site.address() + "/");
    assertThat(window.text()).contains(JOB + "/" + release).contains("a recall is open");
    check(window, "overview recalled");
  }

  private static void withdrawAll(Installation place) {
    StringBuilder lines = new StringBuilder(Installation.read(place.clinic("consents")));
    Installation.read(place.clinic("patients"))
        .lines()
        .map(line -> line.split(",", 2)[0])
        .filter(id -> PATIENT.matcher(id).matches())
        .distinct()
        .forEach(
            id ->
                lines
                    .append("W" + id + "," + id)
                    .append(",WITHDRAW,ACTIVE,2026-01-02T10:00:00,2026-01-02T10:00:00,,,,")
                    .append("HIPAA_AUTH,RES-REVOKE,1.0," + "a".repeat(64))
                    .append(",PATIENT,,NA,,,,,,,,,,,AZ,portal\n"));
    Installation.write(place.clinic("consents"), lines.toString());
  }

  private void worksOnAPhoneWithoutScript(BrowserWindow window, Site site, String release)
      throws Exception {
    window.size(360, 740).click("form[action='/sign-out'] button");
    window
        .withoutScript()
        .open("data:text/html,<p id=it>off</p><script>it.textContent='on'</script>");
    assertThat(window.text()).isEqualTo("off");
    window.open(site.address() + "/sign-in");
    assertThat(window.text()).contains("Sign in");
    check(window, "sign-in");
    signIn(window, site, "viewer");
    for (String page :
        List.of("/", "/runs", "/register", "/releases/" + JOB + "/" + release, "/calendar")) {
      window.open(site.address() + page);
      assertThat(window.width()).as(page).isEqualTo(360);
      check(window, "phone " + page);
    }
    window.open(site.address() + "/register");
    window.type("#recipient", "another").click("form[action='/register'] button");
    assertThat(window.text()).doesNotContain(JOB + "/" + release);
    assertThat(window.open(site.address() + "/questions").text()).contains("Not permitted");
    window.open(site.address() + "/").click("form[action='/sign-out'] button");
    signIn(window, site, "steward");
    window.click("form[action='/jobs/" + SCHEDULED + "/pause'] button");
    assertThat(window.text()).contains("It was changed.").contains("Paused by steward");
    window.open(site.address() + "/").click("form[action='/sign-out'] button");
    signIn(window, site, "compliance");
    window.open(site.address() + "/questions");
    check(window, "phone /questions");
    window.type("#account-patient", "P999999").click("button[formaction]");
    assertThat(window.text()).contains("CLINIC_MISSING");
  }
}
