package org.consentry.service;

import java.security.Principal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Frame.Right;
import org.consentry.service.page.Links;
import org.consentry.service.page.PageModel;
import org.consentry.service.page.Pages;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;

/** Makes the answers of controllers: pages, files, and the way to another page. */
final class Answers {

  /** What an act did, as the page after it shows it. A link names it by its word. */
  enum Done {
    APPROVED("The approval is recorded."),
    VERIFIED("The ledger was verified."),
    STARTED("It was started."),
    CHANGED("It was changed.");

    private final String words;

    Done(String words) {
      this.words = words;
    }

    private static Optional<String> words(String word) {
      for (Done one : values()) {
        if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
          return Optional.of(one.words);
        }
      }
      return Optional.empty();
    }
  }

  private Answers() {}

  /**
   * What surrounds a page for a person.
   *
   * @param done the word of what was done before, as a link has it; may be any text
   */
  static Frame frame(Principal person, CsrfToken token, String done) {
    return new Frame(
        Links.ofServer(),
        person.getName(),
        rights(person),
        Optional.of(new Frame.Token(token.getParameterName(), token.getToken())),
        Done.words(done));
  }

  private static Set<Right> rights(Principal person) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (has(person, Role.STEWARD) || has(person, Role.APPROVER) || has(person, Role.COMPLIANCE)) {
      rights.add(Right.CHECK);
    }
    if (has(person, Role.STEWARD)) {
      rights.add(Right.RUN);
    }
    if (has(person, Role.APPROVER)) {
      rights.add(Right.APPROVE);
    }
    if (has(person, Role.COMPLIANCE)) {
      rights.add(Right.ASK);
    }
    return rights;
  }

  private static boolean has(Principal person, Role role) {
    return person instanceof Authentication known
        && known.getAuthorities().stream()
            .anyMatch(granted -> ("ROLE_" + role.name()).equals(granted.getAuthority()));
  }

  /** A page. */
  static ResponseEntity<byte[]> page(Frame frame, PageModel page) {
    return page(HttpStatusCode.valueOf(200), frame, page);
  }

  /** A page with a status. */
  static ResponseEntity<byte[]> page(HttpStatusCode status, Frame frame, PageModel page) {
    return ResponseEntity.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .body(Pages.render(frame, page));
  }

  /**
   * A page that is whole in itself.
   *
   * @param policy what it may load
   */
  static ResponseEntity<byte[]> whole(byte[] page, String policy) {
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .header("Content-Security-Policy", policy + "; frame-ancestors 'none'")
        .body(page);
  }

  /** A file to save. */
  static ResponseEntity<byte[]> file(byte[] bytes, String name, MediaType type) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(bytes);
  }

  /** A file of the look of pages, whose name changes with it. */
  static ResponseEntity<byte[]> asset(String text, String type) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type))
        .cacheControl(CacheControl.maxAge(java.time.Duration.ofDays(365)).cachePublic().immutable())
        .body(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The way to another page after something was done. */
  static ResponseEntity<byte[]> next(String link, Done done) {
    return ResponseEntity.status(303)
        .header(HttpHeaders.LOCATION, link + "?done=" + done.name().toLowerCase(Locale.ROOT))
        .body(new byte[0]);
  }
}
