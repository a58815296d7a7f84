package org.consentry.release;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/**
 * Renders texts, such as a README, a script or a letter. Their templates are in {@code
 * src/main/jte/text}, in a folder for each room, and are compiled with the program into that room.
 * Nothing is escaped: a model gives words that are safe where its template prints them.
 */
public final class TextTemplates {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Plain, TextTemplates.class.getClassLoader(), "org.consentry");

  private TextTemplates() {}

  /**
   * Renders.
   *
   * @param template path of the template's file, such as {@code release/readme.jte}
   * @param model the only parameter the template has
   * @return UTF-8
   */
  public static byte[] render(String template, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    ENGINE.render(template, model, output);
    return output.toByteArray();
  }
}
