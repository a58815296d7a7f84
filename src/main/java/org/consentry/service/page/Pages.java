package org.consentry.service.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** Renders the templates of this package, which are compiled with the program. */
public final class Pages {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());

  private Pages() {}

  /**
   * Renders a page.
   *
   * @param frame what surrounds it
   * @param page its model
   * @return UTF-8
   */
  public static byte[] render(Frame frame, PageModel page) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    ENGINE.render(page.template(), Map.of("frame", frame, "page", page), output);
    return output.toByteArray();
  }
}
