package org.consentry.service.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.consentry.data.Sha256;
import org.consentry.release.PageStyle;

/** Style and script of all pages: that of the pages of a release, and what a service adds. */
public final class Look {

  private static final int NAME = 12;

  /** The style sheet. */
  public static final String STYLE = PageStyle.TEXT + read("service.css");

  /** The script; every page works without it. */
  public static final String SCRIPT = read("service.js");

  /** Where a server has the style sheet. */
  public static final String STYLE_PATH = "/assets/" + name(STYLE) + ".css";

  /** Where a server has the script. */
  public static final String SCRIPT_PATH = "/assets/" + name(SCRIPT) + ".js";

  static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + digest(STYLE)
          + "'; script-src 'sha256-"
          + digest(SCRIPT)
          + "'; base-uri 'none'; form-action 'none'";

  private Look() {}

  private static String name(String text) {
    return Sha256.hex(text).substring(0, NAME);
  }

  private static String digest(String text) {
    return Base64.getEncoder().encodeToString(Sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(String resource) {
    try (InputStream in = Objects.requireNonNull(Look.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
