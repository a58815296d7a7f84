package org.consentry.service.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Renders the pages of the service. Their templates are in {@code src/main/jte/service} and are
 * compiled with the program.
 *
 * <p><b>Security promise:</b> everything a template prints is escaped for its place.
 */
public final class ServicePages {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ServicePages.class.getClassLoader(),
          ServicePages.class.getPackageName());

  private ServicePages() {}

  /** The page where a person signs in, in UTF-8. */
  public static byte[] signIn(SignInPage page) {
    return render("signin.jte", page);
  }

  /** The first page, in UTF-8. */
  public static byte[] overview(OverviewPage page) {
    return render("overview.jte", page);
  }

  /** The answer to a request that was refused or failed, in UTF-8. */
  public static byte[] error(ErrorPage page) {
    return render("error.jte", page);
  }

  /** The style of all pages. */
  public static byte[] style() {
    try (InputStream in = ServicePages.class.getResourceAsStream("service.css")) {
      if (in == null) {
        throw new IllegalStateException("service.css is not in the program");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static byte[] render(String template, Object model) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    ENGINE.render(template, model, output);
    return output.toByteArray();
  }
}
