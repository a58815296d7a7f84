package org.consentry.service.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.consentry.followup.CheckedFile;
import org.consentry.problem.Problem;

/**
 * A job or mapping with what is wrong at its lines.
 *
 * @param file what was found
 * @param text its lines; empty when it cannot be read
 * @param schedule its schedule; empty when it has none
 */
public record FilePage(CheckedFile file, List<String> text, Optional<DueJob> schedule)
    implements PageModel {

  /** Of a longer file the first lines are shown. */
  static final int MOST = 3_000;

  private static final int WIDEST = 400;

  /** What people may have written although it is refused: a password in an address or a value. */
  private static final Pattern LOGIN = Pattern.compile("://[^/@\\s\"']*@");

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)((?:password|passphrase|secret|token)[\"']?\\s*:\\s*)(?!.{0,2}(?:env|file|exec):)\\S[^,}]*");

  public FilePage {
    text = List.copyOf(text);
  }

  /**
   * A line and what is wrong with it.
   *
   * @param number from 1
   * @param text without what may be a secret
   */
  public record Line(long number, String text, List<Problem> findings) {}

  /** The lines with their findings. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST, text.size()); i++) {
      long number = i + 1L;
      lines.add(
          new Line(
              number,
              withoutSecrets(text.get(i)),
              file.findings().stream()
                  .filter(one -> isHere(one) && one.place().line() == number)
                  .toList()));
    }
    return lines;
  }

  /** Findings that are at none of the lines. */
  List<Problem> others() {
    return file.findings().stream()
        .filter(one -> !isHere(one) || one.place().line() == 0 || one.place().line() > shown())
        .toList();
  }

  private int shown() {
    return Math.min(MOST, text.size());
  }

  private boolean isHere(Problem finding) {
    return finding.place().file().equals(file.name());
  }

  static String withoutSecrets(String line) {
    String cut = line.length() > WIDEST ? line.substring(0, WIDEST) + " \u2026" : line;
    String hidden = LOGIN.matcher(cut).replaceAll("://\u2026@");
    return SECRET.matcher(hidden).replaceAll("$1\u2026").replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public String template() {
    return "file.jte";
  }
}
