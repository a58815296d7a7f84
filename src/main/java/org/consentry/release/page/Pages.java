package org.consentry.release.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/**
 * Renders the pages and pictures of a release. Their templates are in {@code src/main/jte/page} and
 * are compiled with the program into this package, so that no compiler is needed at run time.
 *
 * <p><b>Security promise:</b> everything a template prints is escaped for its place, and no
 * template has script. What people wrote stays text.
 */
public final class Pages {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());

  private Pages() {}

  /**
   * Renders.
   *
   * @param template name of the template's file
   * @param model the only parameter the template has
   * @return UTF-8
   */
  public static byte[] render(String template, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    ENGINE.render(template, model, output);
    return output.toByteArray();
  }
}
