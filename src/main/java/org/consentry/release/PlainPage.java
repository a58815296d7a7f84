package org.consentry.release;

import java.util.List;
import java.util.Map;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;

/**
 * A printable page that belongs to no release: a title, some sentences, and sections of facts. One
 * self-contained file without script, in the style of the other pages.
 *
 * @param title its heading
 * @param sentences what is above the sections, a paragraph each
 * @param sections the sections
 */
public record PlainPage(String title, List<String> sentences, List<Section> sections) {

  public PlainPage {
    sentences = sentences.stream().map(PlainPage::plain).toList();
    sections = List.copyOf(sections);
  }

  /**
   * A section.
   *
   * @param title its heading
   * @param facts what is shown, in order
   */
  public record Section(String title, List<Map.Entry<String, String>> facts) {
    public Section {
      facts = facts.stream().map(fact -> Map.entry(fact.getKey(), plain(fact.getValue()))).toList();
    }

    public List<Page.Fact> lines() {
      return facts.stream().map(fact -> new Page.Fact(fact.getKey(), fact.getValue())).toList();
    }
  }

  /** Control characters become blanks. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  public String style() {
    return Page.STYLE;
  }

  public String policy() {
    return Page.POLICY;
  }

  /** The page in UTF-8. */
  public byte[] page() {
    return Pages.render("handout.jte", this);
  }
}
