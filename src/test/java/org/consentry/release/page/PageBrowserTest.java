package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.consentry.release.SampleRelease;
import org.consentry.testing.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pages in a real browser: on a phone of 360 pixels and on paper. */
class PageBrowserTest {

  @TempDir Path place;
  private Browser browser;

  @BeforeEach
  void needsABrowser() throws Exception {
    browser = new Browser(place);
    assumeThat(browser.isHere()).as("skipped: there is no chromium on this machine").isTrue();
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

    assertThat(browser.widthOnPhone(Pages.render("manifest.jte", page))).isEqualTo(360);
    assertThat(
            browser.widthOnPhone(
                Pages.render("codebook.jte", new CodebookPage(page, SampleRelease.figures()))))
        .isEqualTo(360);
  }

  @Test
  void aSmallReleaseIsPrintedOnFewSheets() throws Exception {
    Page page = new Page(SampleRelease.recipientStatement(), "", List.of());

    assertThat(browser.sheets(Pages.render("manifest.jte", page))).isBetween(1, 2);
    assertThat(
            browser.sheets(
                Pages.render("codebook.jte", new CodebookPage(page, SampleRelease.figures()))))
        .isBetween(1, 2);
  }

  @Test
  void aTableOf300ColumnsFitsAPhoneAndHasAnIndexOfThem() throws Exception {
    ObjectNode statement = SampleRelease.recipientStatement();
    ArrayNode columns =
        (ArrayNode) statement.path("predicate").path("tables").path(0).path("columns");
    JsonNode first = columns.path(0);
    for (int i = 0; i < 300; i++) {
      ObjectNode column = (ObjectNode) first.deepCopy();
      ((ObjectNode) column.path("released")).put("name", "a_column_with_a_long_name_" + i);
      columns.add(column);
    }
    Page page = new Page(statement, "", List.of());
    byte[] book = Pages.render("codebook.jte", new CodebookPage(page, SampleRelease.figures()));

    assertThat(browser.widthOnPhone(book)).isEqualTo(360);
    assertThat(browser.sheets(book)).isLessThan(30);
    assertThat(new String(book, StandardCharsets.UTF_8))
        .contains("<a href=\"#t0c299\">a_column_with_a_long_name_297</a>")
        .contains("<tr id=\"t0c299\">");
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
}
