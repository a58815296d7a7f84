package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.release.SampleRelease;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pages in a real browser: on a phone of 360 pixels and on paper. */
class PageBrowserTest {

  private static final Pattern WIDTH = Pattern.compile("width=(\\d+)");
  private static final Pattern SHEETS = Pattern.compile("/Type\\s*/Page\\b(?!s)");

  @TempDir Path place;

  @BeforeEach
  void needsABrowser() throws Exception {
    assumeThat(browser("--version"))
        .as("skipped: there is no chromium on this machine")
        .contains("Chromium");
  }

  /** What a page shows may be scrolled in its own frame; the page itself may not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a_name_without_a_blank_that_is_longer_than_any_phone_of_this_world_is_wide_in_its_pixels",
        "\u60a3\u8005\u306e\u8a3a\u7642\u8a18\u9332\u306e\u8868\u306e\u9577\u3044\u540d\u524d",
        "\u05e8\u05e9\u05d5\u05de\u05d4 \u05e8\u05e4\u05d5\u05d0\u05d9\u05ea (A1)"
      })
  void noPageIsWiderThanAPhone(String word) throws Exception {
    ObjectNode statement = SampleRelease.recipientStatement();
    if (!word.isEmpty()) {
      replaceTexts(statement, word);
    }
    Page page = new Page(statement, "SHA256:" + "x".repeat(43), List.of("sha256sum -c SHA256SUMS"));

    assertThat(widthOnPhone(Pages.render("manifest.jte", page))).isEqualTo(360);
    assertThat(
            widthOnPhone(
                Pages.render("codebook.jte", new CodebookPage(page, SampleRelease.figures()))))
        .isEqualTo(360);
  }

  @Test
  void aSmallReleaseIsPrintedOnFewSheets() throws Exception {
    Page page = new Page(SampleRelease.recipientStatement(), "", List.of());

    assertThat(sheets(Pages.render("manifest.jte", page))).isBetween(1, 5);
    assertThat(
            sheets(Pages.render("codebook.jte", new CodebookPage(page, SampleRelease.figures()))))
        .isBetween(1, 2);
  }

  private int widthOnPhone(byte[] page) throws Exception {
    String quoted = text(page).replace("&", "&amp;").replace("\"", "&quot;");
    String measure = "document.title='width='+this.contentDocument.scrollingElement.scrollWidth";
    String frame =
        "<!DOCTYPE html><meta charset=utf-8><iframe width=360 height=640 frameborder=0 onload=\""
            + measure
            + "\" srcdoc=\""
            + quoted
            + "\"></iframe>";
    Path file = Files.writeString(place.resolve("phone.html"), frame);

    Matcher width =
        WIDTH.matcher(browser("--hide-scrollbars", "--dump-dom", file.toUri().toString()));
    assertThat(width.find()).isTrue();
    return Integer.parseInt(width.group(1));
  }

  private int sheets(byte[] page) throws Exception {
    Path file = Files.write(place.resolve("paper.html"), page);
    Path paper = place.resolve("paper.pdf");
    browser("--no-pdf-header-footer", "--print-to-pdf=" + paper, file.toUri().toString());

    String written = new String(Files.readAllBytes(paper), StandardCharsets.ISO_8859_1);
    return (int) SHEETS.matcher(written).results().count();
  }

  private String browser(String... options) throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + place.resolve("browser")));
    command.addAll(List.of(options));
    try {
      return Program.of(command.toArray(String[]::new)).in(place).run().text().strip();
    } catch (IOException absent) {
      return "absent";
    }
  }

  private static void replaceTexts(JsonNode node, String text) {
    for (var member : node.properties()) {
      if (member.getValue().isString() && node instanceof ObjectNode object) {
        object.put(member.getKey(), text);
      }
      replaceTexts(member.getValue(), text);
    }
    if (node.isArray()) {
      node.forEach(item -> replaceTexts(item, text));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
