package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.consentry.data.Sha256;
import org.consentry.release.page.Page;
import org.consentry.release.page.Pages;

/**
 * A page with one table, in the style of the other pages: one self-contained file. A small script
 * that the page's policy names by its digest shows only the rows with a word; without script all
 * rows are there.
 *
 * @param title its heading
 * @param sentences what is above the table, a paragraph each
 * @param head names of the columns
 * @param rows the rows, each as long as the head; a line feed in a cell begins a new line
 */
public record TablePage(
    String title, List<String> sentences, List<String> head, List<List<String>> rows) {

  private static final String SCRIPT =
      """
      const field=document.getElementById('word'),count=document.getElementById('count');
      const rows=[...document.querySelectorAll('tbody tr')];
      function show(){const words=field.value.toLowerCase().split(/\\s+/);let shown=0;
      for(const row of rows){const text=row.textContent.toLowerCase();
      row.hidden=!words.every(word=>text.includes(word));shown+=row.hidden?0:1;}
      count.textContent=shown+' of '+rows.length+' rows';}
      field.addEventListener('input',show);document.getElementById('search').hidden=false;show();
      """;

  public TablePage {
    sentences = List.copyOf(sentences);
    head = List.copyOf(head);
    rows = rows.stream().map(row -> row.stream().map(TablePage::plain).toList()).toList();
    int width = head.size();
    if (rows.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("every row has a cell for every column");
    }
  }

  /** Control characters other than line feeds become blanks. */
  private static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\n]]", " ");
  }

  /** The lines of a cell that have something. */
  public static List<String> lines(String cell) {
    return cell.lines().filter(line -> !line.isBlank()).toList();
  }

  public String style() {
    return Page.STYLE;
  }

  public String script() {
    return SCRIPT;
  }

  /** The content policy: this style and this script, and nothing from elsewhere. */
  public String policy() {
    MessageDigest sha = Sha256.begin();
    sha.update(SCRIPT.getBytes(StandardCharsets.UTF_8));
    return Page.POLICY
        + "; script-src 'sha256-"
        + Base64.getEncoder().encodeToString(sha.digest())
        + "'";
  }

  /** The page in UTF-8. */
  public byte[] page() {
    return Pages.render("table.jte", this);
  }

  /** A table as CSV by RFC 4180, in UTF-8, with the head as its first line. */
  public static byte[] csv(List<String> head, List<List<String>> rows) {
    Csv csv = new Csv().line(head);
    rows.forEach(csv::line);
    return csv.bytes();
  }
}
