package org.consentry.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chromium without a window: how wide a page is, and on how many sheets it is printed.
 *
 * @param place a folder of the test
 */
public record Browser(Path place) {

  private static final Pattern WIDTH = Pattern.compile("width=(\\d+)");
  private static final Pattern SHEETS = Pattern.compile("/Type\\s*/Page\\b(?!s)");

  /** Whether this machine has one. */
  public boolean isHere() throws InterruptedException {
    return run("--version").contains("Chromium");
  }

  /** The width of a page in a frame of 360 pixels, as narrow as a phone. */
  public int widthOnPhone(byte[] page) throws IOException, InterruptedException {
    String text = new String(page, StandardCharsets.UTF_8);
    String quoted = text.replace("&", "&amp;").replace("\"", "&quot;");
    String measure = "document.title='width='+this.contentDocument.scrollingElement.scrollWidth";
    String frame =
        "<!DOCTYPE html><meta charset=utf-8><iframe width=360 height=640 frameborder=0 onload=\""
            + measure
            + "\" srcdoc=\""
            + quoted
            + "\"></iframe>";
    Path file = Files.writeString(place.resolve("phone.html"), frame);

    Matcher width = WIDTH.matcher(run("--hide-scrollbars", "--dump-dom", file.toUri().toString()));
    if (!width.find()) {
      throw new IllegalStateException("the browser measured nothing");
    }
    return Integer.parseInt(width.group(1));
  }

  /** Sheets of paper that a page takes. */
  public int sheets(byte[] page) throws IOException, InterruptedException {
    Path file = Files.write(place.resolve("paper.html"), page);
    Path paper = place.resolve("paper.pdf");
    run("--no-pdf-header-footer", "--print-to-pdf=" + paper, file.toUri().toString());

    String written = new String(Files.readAllBytes(paper), StandardCharsets.ISO_8859_1);
    return (int) SHEETS.matcher(written).results().count();
  }

  private String run(String... options) throws InterruptedException {
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
}
