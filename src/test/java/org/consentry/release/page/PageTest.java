package org.consentry.release.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.consentry.data.Sha256;
import org.consentry.release.ColumnFigures;
import org.consentry.release.InternalPage;
import org.consentry.release.ReleaseFigures;
import org.consentry.release.SampleRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pages people read: complete, escaped, without script, in order for a screen reader. */
class PageTest {

  private static final List<String> PAGES = List.of("manifest.html", "codebook.html");

  @TempDir Path place;

  private SampleRelease release;

  @BeforeEach
  void seal() throws IOException {
    release = new SampleRelease(place);
    release.seal();
  }

  @Test
  void thePolicyOfAPageAllowsNothingButItsOwnStyle() throws Exception {
    for (String name : PAGES) {
      Document page = page(release.text(name));
      String style = only(page, "style").getTextContent();
      byte[] digest = Sha256.digest(style.getBytes(StandardCharsets.UTF_8));

      assertThat(attributes(page, "meta", "content"))
          .contains(
              "default-src 'none'; style-src 'sha256-"
                  + Base64.getEncoder().encodeToString(digest)
                  + "'; base-uri 'none'; form-action 'none'");
      assertThat(attributes(page, "*", "style")).isEmpty();
      for (String tag : List.of("script", "link", "img", "iframe", "object", "form")) {
        assertThat(page.getElementsByTagName(tag).getLength()).as("%s %s", name, tag).isZero();
      }
      assertThat(attributes(page, "a", "href")).allMatch(target -> target.startsWith("#"));
    }
  }

  @Test
  void aScreenReaderFindsLanguageHeadingsCaptionsAndScopes() throws Exception {
    for (String name : PAGES) {
      Document page = page(release.text(name));

      assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
      assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
      assertThat(page.getElementsByTagName("main").getLength()).isEqualTo(1);
      assertThat(page.getElementsByTagName("header").getLength()).isEqualTo(1);
      List<String> headings = find(release.text(name), "(?<=<h)[1-6](?=[ >])");
      assertThat(headings).startsWith("1", "2");
      for (int i = 1; i < headings.size(); i++) {
        assertThat(Integer.parseInt(headings.get(i)))
            .isBetween(2, Integer.parseInt(headings.get(i - 1)) + 1);
      }
      NodeList tables = page.getElementsByTagName("table");
      assertThat(tables.getLength()).isPositive();
      for (int i = 0; i < tables.getLength(); i++) {
        Element table = (Element) tables.item(i);
        assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
      }
      NodeList heads = page.getElementsByTagName("th");
      for (int i = 0; i < heads.getLength(); i++) {
        assertThat(((Element) heads.item(i)).getAttribute("scope")).isIn("col", "row");
      }
      List<String> ids = attributes(page, "*", "id");
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(attributes(page, "a", "href")).allMatch(to -> ids.contains(to.substring(1)));
      assertThat(attributes(page, "section", "aria-labelledby")).allMatch(ids::contains);
    }
  }

  @Test
  void whatPeopleWroteStaysText() throws Exception {
    ObjectNode statement = SampleRelease.recipientStatement();
    String evil = "\"><script>alert(1)</script><img src=x onerror='x'>&amp;\u0000\u001b[2J";
    replaceTexts(statement, evil);

    for (String template : List.of("manifest.jte", "codebook.jte")) {
      Page page = new Page(statement, "<b>", List.of("<i>"));
      Object model = template.equals("manifest.jte") ? page : codebook(page, statement, evil);
      String html = text(Pages.render(template, model));

      assertThat(html)
          .doesNotContain("<script")
          .doesNotContain("<img")
          .doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]");
      assertThat(page(html).getDocumentElement().getTextContent())
          .contains("\"><script>alert(1)</script><img src=x onerror='x'>&amp;");
    }
  }

  @Test
  void everyNumberOfThePageIsInTheManifest() throws Exception {
    for (ObjectNode statement :
        List.of(SampleRelease.recipientStatement(), SampleRelease.internalStatement())) {
      List<String> known = new ArrayList<>(numbers(statement.toString()));
      known.addAll(List.of("45", "164", "514", "256", "8", "10", "11")); // SHA-256, UTF-8, rounding
      Page page = new Page(statement, "", List.of());

      Document read = page(text(Pages.render("manifest.jte", page)));
      only(read, "head").setTextContent("");

      assertThat(known)
          .as(statement.path("predicate").path("edition").asString())
          .containsAll(numbers(texts(read.getDocumentElement())));
    }
  }

  @Test
  void everyMemberOfTheManifestIsOnThePage() throws Exception {
    ObjectNode statement = SampleRelease.recipientStatement();
    ObjectNode predicate = (ObjectNode) statement.path("predicate");
    predicate.putObject("newcomer").put("firstFact", "shown").putObject("deep").put("er", "still");
    predicate.putArray("approvals").addObject().put("by", "a person").put("at", "a moment");
    predicate.put("word", "plain");
    ((ObjectNode) predicate.path("consent")).putObject("lines").put("read", 4711);

    String shown =
        page(text(Pages.render("manifest.jte", new Page(statement, "", List.of()))))
            .getDocumentElement()
            .getTextContent();

    List<String> texts = new ArrayList<>();
    collectTexts(predicate, texts);
    assertThat(texts).hasSizeGreaterThan(60);
    for (String text : texts) {
      assertThat(shown).contains(text);
    }
  }

  @Test
  void aDayThatAllRoundedFiguresShareIsNamedOnceAndOthersBesideTheirFigures() {
    ObjectNode statement = SampleRelease.recipientStatement();
    String shared = text(Pages.render("manifest.jte", new Page(statement, "", List.of())));
    ((ObjectNode) statement.at("/predicate/consent/subjects/countedOn"))
        .put("excludedTotal", "2026-11-20");
    String different = text(Pages.render("manifest.jte", new Page(statement, "", List.of())));

    assertThat(shared)
        .contains("All these figures were counted on 2026-11-23.")
        .doesNotContain("<span class=\"part when\">");
    assertThat(different)
        .doesNotContain("All these figures were counted")
        .contains("<span class=\"part when\">2026-11-20</span>")
        .contains("<span class=\"part when\">2026-11-23</span>");
  }

  @Test
  void columnsThatAreNotReleasedAreListedByRoleAndAction() throws Exception {
    String shown =
        page(release.text("manifest.html"))
            .getDocumentElement()
            .getTextContent()
            .replaceAll("\\s+", " ");

    assertThat(shown.substring(shown.indexOf("Columns of patients")))
        .contains(
            "Columns of patients that are not released RoleColumnsWhat was done quasi-identifier "
                + "last_name (the protocol, \"part 2\") drop: Something was done.");
  }

  @Test
  void theEighteenIdentifiersAreListed() throws Exception {
    String shown = page(release.text("manifest.html")).getDocumentElement().getTextContent();

    assertThat(shown).contains("drop: patients.last_name");
    assertThat(shown.split("None known\n", -1)).hasSize(18);
  }

  @Test
  void theInternalPageIsExactAndLabelled() throws IOException {
    String internal =
        new String(InternalPage.of(release.internal, "clinic-releases"), StandardCharsets.UTF_8);

    assertThat(internal)
        .contains("Internal edition with exact counts. It does not leave the clinic.")
        .contains("consent withdrawn (n = 7)")
        .contains("manifest.internal.json.sig")
        .doesNotContain("about 40")
        .doesNotContain("&lt;11");
    assertThat(release.text("manifest.html"))
        .contains("not permitted (n = about 40)")
        .doesNotContain("withdrawn (n")
        .doesNotContain("Internal edition");
  }

  /** A codebook whose values, too, are text that people wrote. */
  private static CodebookPage codebook(Page page, JsonNode statement, String evil) {
    JsonNode table = statement.path("predicate").path("tables").path(0);
    ColumnFigures figures =
        new ColumnFigures(
            ColumnFigures.Shape.VALUES,
            OptionalLong.of(100),
            OptionalLong.empty(),
            OptionalLong.of(1),
            List.of(new ColumnFigures.Bar(evil, 1, 100)),
            OptionalLong.empty(),
            List.of(evil, evil, evil, evil, evil));
    return new CodebookPage(
        page,
        new ReleaseFigures(
            Map.of(
                Page.word(table, "name"),
                Map.of(
                    Page.word(table.path("columns").path(0).path("released"), "name"), figures))));
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

  /** Every word a reader must find, but what the page shows in its own words or another place. */
  private static void collectTexts(JsonNode node, List<String> texts) {
    for (var member : node.properties()) {
      boolean elsewhere =
          List.of(
                      "schemaVersion",
                      "edition",
                      "status",
                      "figures",
                      "absent",
                      "category",
                      "technique")
                  .contains(member.getKey())
              || List.of(
                      "references",
                      "key",
                      "parameters",
                      "rule",
                      "labels",
                      "description",
                      "unit",
                      "values")
                  .contains(member.getKey());
      if (!elsewhere) {
        collectTexts(member.getValue(), texts);
      }
    }
    if (node.isArray()) {
      node.forEach(item -> collectTexts(item, texts));
    }
    if (node.isValueNode() && !node.isNull()) {
      texts.add(node.asString());
    }
  }

  private static List<String> numbers(String text) {
    return find(text, "\\d+");
  }

  private static List<String> find(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads a page as XML, which our pages are but for their first line and empty elements. */
  private static Document page(String html) throws Exception {
    String xml = html.replace("<!DOCTYPE html>", "").replaceAll("(<meta [^>]*[^/])>", "$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml.strip())));
  }

  /** Text nodes with a blank between one and the next. */
  private static String texts(Node node) {
    StringBuilder text = new StringBuilder();
    NodeList children = node.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      text.append(' ').append(texts(children.item(i)));
    }
    return node instanceof Text own ? own.getData() : text.toString();
  }

  private static Element only(Document page, String tag) {
    assertThat(page.getElementsByTagName(tag).getLength()).isEqualTo(1);
    return (Element) page.getElementsByTagName(tag).item(0);
  }

  private static List<String> attributes(Document page, String tag, String attribute) {
    List<String> values = new ArrayList<>();
    NodeList elements = page.getElementsByTagName(tag);
    for (int i = 0; i < elements.getLength(); i++) {
      String value = ((Element) elements.item(i)).getAttribute(attribute);
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return values;
  }
}
