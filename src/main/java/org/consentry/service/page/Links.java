package org.consentry.service.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.consentry.followup.CheckedFile;

/**
 * Where pages are: under a server, or as files in a folder. No link has a patient's id: pages that
 * ask for one send it by POST.
 *
 * @param edition where the pages are
 * @param up the way from the page to the folder of all pages; empty for a server
 */
public record Links(Edition edition, String up) {

  /** Where pages are. */
  public enum Edition {
    SERVER,
    FILES
  }

  /** Links of a server. */
  public static Links ofServer() {
    return new Links(Edition.SERVER, "");
  }

  /**
   * Links of a file.
   *
   * @param depth how many folders it is below the folder of all pages
   */
  public static Links ofFile(int depth) {
    return new Links(Edition.FILES, "../".repeat(depth));
  }

  boolean isServer() {
    return edition == Edition.SERVER;
  }

  /** A page of the navigation. */
  String to(Place place) {
    return isServer() ? place.path() : up + place.file();
  }

  /** A run. */
  public String run(String run) {
    return "/runs/" + word(run);
  }

  /** The page with which an approver approves a run. */
  public String approval(String run) {
    return "/runs/" + word(run) + "/approval";
  }

  /** A release of a job. */
  public String release(String job, String name) {
    return isServer()
        ? "/releases/" + word(job) + "/" + word(name)
        : up + "releases/" + word(job) + "/" + word(name) + ".html";
  }

  /** A job, by its name or that of its file. */
  public String job(String job) {
    return "/jobs/" + word(job);
  }

  /** A file that people write. */
  String file(CheckedFile file) {
    return file.kind() == CheckedFile.Kind.JOB ? job(file.id()) : "/mappings/" + word(file.id());
  }

  /** Everything that went to a recipient. */
  public String recipient(String id) {
    return isServer() ? "/register?recipient=" + word(id) : up + "recipients/" + file(id) + ".html";
  }

  /** The same as CSV. */
  public String recipientCsv(String id) {
    return isServer()
        ? "/register.csv?recipient=" + word(id)
        : up + "recipients/" + file(id) + ".csv";
  }

  /** The name of a file for an id that may have any characters. */
  public static String file(String id) {
    return word(id).replace("%", "_").replace("+", "_").replace("*", "_");
  }

  /** A word inside a link. */
  static String word(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
