package org.consentry.service.page;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds every page: where it is, who reads it and what that person may do.
 *
 * @param links where other pages are
 * @param user who is signed in; empty in files and before a person is
 * @param rights what the person may do
 * @param token what every form sends, so that no other site can send one; empty in files
 * @param message what the last act did; empty when there is none
 */
public record Frame(
    Links links, String user, Set<Right> rights, Optional<Token> token, Optional<String> message) {

  /** What a person may do beside reading. */
  public enum Right {
    /** Start, resume, stop and abandon runs; pause and resume schedules. */
    RUN,
    /** Enter an approval. */
    APPROVE,
    /** Have files of a release or the whole ledger read. */
    CHECK,
    /** Ask for one patient. */
    ASK
  }

  /** A hidden field against forged requests. */
  public record Token(String name, String value) {}

  public Frame {
    rights = Set.copyOf(rights);
  }

  /** The frame of a file. */
  public static Frame ofFile(int depth) {
    return new Frame(Links.ofFile(depth), "", Set.of(), Optional.empty(), Optional.empty());
  }

  boolean may(Right right) {
    return rights.contains(right);
  }

  boolean isServer() {
    return links.isServer();
  }

  boolean isSignedIn() {
    return !user.isEmpty();
  }

  /** The pages of the navigation that the reader may open. */
  List<Place> places() {
    Set<Place> all = EnumSet.allOf(Place.class);
    all.remove(Place.NONE);
    if (!may(Right.ASK)) {
      all.remove(Place.ASK);
    }
    if (isServer() && !isSignedIn()) {
      all.clear();
    }
    return Arrays.stream(Place.values())
        .filter(all::contains)
        .filter(place -> isServer() || !place.file().isEmpty())
        .toList();
  }

  /** The style sheet, for a file. */
  String style() {
    return Look.STYLE;
  }

  /** The script, for a file. */
  String script() {
    return Look.SCRIPT;
  }

  /** What a file may load: its own style and script, and nothing from elsewhere. */
  String policy() {
    return Look.POLICY;
  }

  /** Where a server has the style sheet; its name changes with it. */
  String stylePath() {
    return Look.STYLE_PATH;
  }

  /** Where a server has the script. */
  String scriptPath() {
    return Look.SCRIPT_PATH;
  }
}
