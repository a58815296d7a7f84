package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.consentry.testing.BrowserWindow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the service, each as it is sent, by what they show and by how they look. */
final class PageGalleryTest {

  private static final Pattern LINK = Pattern.compile("(?:href|action|src)=\"([^\"]*)\"");

  @TempDir private static Path folder;
  private static PageGallery gallery;

  @BeforeAll
  static void makeAll() throws IOException {
    gallery = PageGallery.in(folder.toRealPath());
  }

  @Test
  void noPageHasAPatientOrAKey() throws IOException {
    String key = Installation.read(gallery.place().root().resolve("keys/manifest-signing.pem"));
    for (String name : gallery.names()) {
      String html = gallery.html(name);

      assertThat(Leaks.in(html)).as(name).isEmpty();
      assertThat(html)
          .as(name)
          .doesNotContain(key.lines().toList().get(1))
          .doesNotContain("hunter2");
    }
  }

  @Test
  void everyPageWorksUnderAPolicyWithoutInlineScriptAndStyle() {
    for (String name : gallery.names()) {
      String html = gallery.html(name);

      assertThat(html).as(name).doesNotContain("<style").doesNotContain("style=\"");
      assertThat(html).as(name).doesNotContain(" onclick").doesNotContain("javascript:");
      assertThat(html.replaceAll("<script src=\"[^\"]*\" defer></script>", ""))
          .as(name)
          .doesNotContain("<script");
    }
  }

  @Test
  void allLinksStayInTheService() {
    for (String name : gallery.names()) {
      List<String> links =
          LINK.matcher(gallery.html(name))
              .results()
              .map((MatchResult one) -> one.group(1))
              .toList();

      assertThat(links).as(name).isNotEmpty().allMatch(link -> link.matches("[/#].*|data:,"));
    }
  }

  @Test
  void everyFormThatChangesSomethingSendsTheToken() {
    for (String name : gallery.names()) {
      String[] forms =
          gallery.html(name).split("<form method=\"post\"|<form class=[^>]*method=\"post\"", -1);
      for (int i = 1; i < forms.length; i++) {
        assertThat(forms[i].split("</form>", -1)[0])
            .as(name)
            .contains("name=\"_csrf\" value=\"token\"");
      }
    }
  }

  @Test
  void peopleLeftOutAreMaskedAsTheManifestMasksThem() {
    String exact = gallery.place().call("status", gallery.place().newestRun().run()).out();
    String page = gallery.html("run-staged");

    assertThat(exact).contains("not permitted");
    assertThat(page).contains("Not permitted").contains("&lt;11");
    assertThat(gallery.html("release")).contains("Not usable: &lt;11");
  }

  @Test
  void aWaitingRunShowsWhoMaySignAndWhatIsSigned() {
    assertThat(gallery.html("overview"))
        .contains("0 of 1 approval given")
        .contains("May sign: ann@clinic")
        .contains("consentry approve " + gallery.place().newestRun().run());
    assertThat(gallery.html("approval"))
        .contains("ssh-keygen -Y sign -n consentry-approval -f KEY")
        .contains("type=\"file\"");
  }

  @Test
  void anOpenRecallIsATaskAndInTheRegister() {
    assertThat(gallery.html("overview")).contains("a recall is open");
    assertThat(gallery.html("register")).contains("a recall is open");
    assertThat(gallery.html("release-verified")).contains("recalled");
  }

  @Test
  void theCalendarHasApprovalsOfBoardsAndKeysThatEnd() {
    assertThat(gallery.html("calendar"))
        .contains("Key of an approver ends")
        .contains("December 2030")
        .contains("Approval of the board ends")
        .contains("The job broken is not valid");
  }

  @Test
  void findingsAreAtTheirLinesAndSecretsAreNotShown() {
    assertThat(gallery.html("file-broken")).contains("password: \u2026").contains("<strong>error ");
    assertThat(gallery.html("jobs")).contains("not valid: ");
  }

  @Test
  void everyPageFitsAPhoneAndATabletAndPassesAxeInBothSchemes() throws Exception {
    assumeThat(BrowserWindow.isPossible()).as("skipped: there is no chromium here").isTrue();
    List<String> found = new ArrayList<>();
    try (BrowserWindow window = BrowserWindow.open(Files.createDirectory(folder.resolve("look")))) {
      for (String name : gallery.names()) {
        Path file = Files.writeString(folder.resolve(name + ".html"), gallery.whole(name));
        for (int width : List.of(360, 800, 1600)) {
          for (String scheme : List.of("light", "dark")) {
            window.size(width, 800).look(scheme, "screen").open(file.toUri().toString());
            String where = name + " " + width + " " + scheme + ": ";
            window.violations().forEach(one -> found.add(where + one));
            if (window.width() > width) {
              found.add(where + window.width() + " wide");
            }
            picture(window, name + "-" + width + "-" + scheme);
          }
        }
        window.size(800, 1100).look("light", "print");
        picture(window, name + "-print");
      }
      assertThat(window.complaints()).isEmpty();
    }
    assertThat(found).isEmpty();
  }

  /** Pictures for a person to look at, where one is asked for. */
  private static void picture(BrowserWindow window, String name) throws IOException {
    String pictures = System.getProperty("consentry.pictures", "");
    if (!pictures.isEmpty()) {
      window.picture(Path.of(pictures, name + ".png"));
    }
  }
}
