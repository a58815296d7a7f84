package org.consentry.profile;

import java.util.Locale;
import java.util.Set;

/**
 * Addresses of the Internet: e-mail (RFC 5321 and 5322, dot-atoms only), web (RFC 3986, and without
 * a scheme after {@code www.} or with a common top-level domain), IPv4 and IPv6 (RFC 4291).
 */
final class Internet {

  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_HOST = 253;
  private static final int LONGEST_URL = 2048;
  private static final String LOCAL_MARKS = ".!#$%&'*+/=?^_`{|}~-";
  private static final String URL_MARKS = "-._~:/?#[]@!$&'()*+,;=%";

  private static final Set<String> TOP =
      Set.of(
          "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "health", "care",
          "clinic", "io", "me", "us", "uk", "ca", "au", "nz", "ie", "za", "in", "de", "at", "ch",
          "fr", "be", "nl", "lu", "es", "pt", "it", "gr", "dk", "se", "no", "fi", "is", "pl", "cz",
          "sk", "si", "hu", "hr", "ro", "bg", "ru", "ua", "tr", "il", "br", "mx", "ar", "cl", "co",
          "pe", "jp", "cn", "hk", "sg", "kr", "tw", "eu", "gl", "cy", "app", "dev", "online",
          "site", "xyz", "club", "shop");

  /** Top-level domains that a text without blanks after its stops does not produce by itself. */
  private static final Set<String> BARE =
      Set.of("com", "org", "net", "edu", "gov", "mil", "info", "biz", "uk", "de", "eu", "au", "io");

  /** Hosts that name code systems, schemas and licences and belong to no person. */
  private static final Set<String> NAMES_OF_CODE_SYSTEMS =
      Set.of(
          "snomed.info",
          "loinc.org",
          "hl7.org",
          "terminology.hl7.org",
          "unitsofmeasure.org",
          "www.w3.org",
          "w3.org",
          "dicom.nema.org",
          "nlm.nih.gov",
          "www.nlm.nih.gov",
          "id.who.int",
          "purl.org",
          "purl.obolibrary.org",
          "schema.org",
          "json-schema.org",
          "specs.frictionlessdata.io",
          "datapackage.org",
          "in-toto.io",
          "www.ama-assn.org",
          "fdasis.nlm.nih.gov",
          "ohdsi.org",
          "creativecommons.org",
          "spdx.org",
          "xmlns.com",
          "www.whocc.no");

  private Internet() {}

  /** End of an e-mail address whose local part begins here and whose {@code @} is there. */
  static int emailEnd(CharSequence text, int start, int sign) {
    if (sign <= start || sign - start > LONGEST_LOCAL) {
      return Chars.NONE;
    }
    for (int i = start; i < sign; i++) {
      char c = text.charAt(i);
      if (!Chars.isWord(c) && LOCAL_MARKS.indexOf(c) < 0) {
        return Chars.NONE;
      }
    }
    int end = hostEnd(text, sign + 1);
    return end != Chars.NONE && topLevel(text, sign + 1, end) >= 2 ? end : Chars.NONE;
  }

  /** End of {@code name at host dot com}, with or without brackets around the words. */
  static int spelledEmailEnd(CharSequence text, int start, int wordEnd) {
    int host = afterWord(text, wordEnd, "at");
    if (host == Chars.NONE) {
      return Chars.NONE;
    }
    int written = hostEnd(text, host);
    if (written != Chars.NONE && isTop(text, lastDot(text, host, written) + 1, written, TOP)) {
      return lastDot(text, host, written) > host ? written : Chars.NONE;
    }
    int end = Chars.wordEnd(text, host);
    int parts = 0;
    while (end > host && parts < 4) {
      int next = afterWord(text, end, "dot");
      if (next == Chars.NONE) {
        break;
      }
      host = next;
      end = Chars.wordEnd(text, host);
      parts++;
    }
    return parts > 0 && end > host && isTop(text, host, end, TOP) ? end : Chars.NONE;
  }

  /** End of a web address that begins with a letter or digit. */
  static int urlEnd(CharSequence text, int start) {
    int colon = start;
    while (colon < text.length() && colon - start < 10 && Chars.isLetter(text.charAt(colon))) {
      colon++;
    }
    int host = start;
    boolean scheme =
        Chars.at(text, colon) == ':'
            && Chars.at(text, colon + 1) == '/'
            && Chars.at(text, colon + 2) == '/'
            && colon > start + 1;
    if (scheme) {
      host = colon + 3;
    }
    if (!scheme && !isDotInside(text, Chars.wordEnd(text, start))) {
      return Chars.NONE;
    }
    int end = hostEnd(text, host);
    if (end == Chars.NONE) {
      return Chars.NONE;
    }
    if (!scheme && !isWww(text, host) && !isTop(text, lastDot(text, host, end) + 1, end, BARE)) {
      return Chars.NONE;
    }
    if (!scheme && lastDot(text, host, end) < host) {
      return Chars.NONE;
    }
    if (NAMES_OF_CODE_SYSTEMS.contains(
        text.subSequence(host, end).toString().toLowerCase(Locale.ROOT))) {
      return Chars.NONE;
    }
    return pathEnd(text, end);
  }

  /** A dot before a letter, or a hyphen, as in the first label of a host. */
  private static boolean isDotInside(CharSequence text, int at) {
    char c = Chars.at(text, at);
    return (c == '.' && Chars.isLetter(Chars.at(text, at + 1)))
        || (c == '-' && Chars.isWord(Chars.at(text, at + 1)));
  }

  private static int pathEnd(CharSequence text, int hostEnd) {
    char c = Chars.at(text, hostEnd);
    if (c != '/' && c != ':' && c != '?' && c != '#') {
      return hostEnd;
    }
    int end = hostEnd;
    int limit = Math.min(text.length(), hostEnd + LONGEST_URL);
    while (end < limit
        && (Chars.isWord(text.charAt(end)) || URL_MARKS.indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    while (end > hostEnd && ".,;:!?)]'".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** End of labels separated by dots, none of which begins or ends with a hyphen. */
  private static int hostEnd(CharSequence text, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + LONGEST_HOST);
    while (end < limit) {
      char c = text.charAt(end);
      boolean inside =
          Chars.isWord(c)
              || ((c == '-' || c == '.' || c == '_')
                  && end > start
                  && (text.charAt(end - 1) != '.')
                  && Chars.isWord(Chars.at(text, end + 1)));
      if (!inside) {
        break;
      }
      end++;
    }
    return end > start ? end : Chars.NONE;
  }

  private static int topLevel(CharSequence text, int start, int end) {
    int dot = lastDot(text, start, end);
    if (dot < start) {
      return 0;
    }
    for (int i = dot + 1; i < end; i++) {
      if (!Chars.isLetter(text.charAt(i))) {
        return 0;
      }
    }
    return end - dot - 1;
  }

  private static boolean isWww(CharSequence text, int start) {
    return (Chars.at(text, start) | 32) == 'w'
        && (Chars.at(text, start + 1) | 32) == 'w'
        && (Chars.at(text, start + 2) | 32) == 'w'
        && Chars.at(text, start + 3) == '.';
  }

  private static boolean isTop(CharSequence text, int start, int end, Set<String> allowed) {
    return end - start >= 2
        && end - start <= 6
        && allowed.contains(text.subSequence(start, end).toString().toLowerCase(Locale.ROOT));
  }

  private static int lastDot(CharSequence text, int start, int end) {
    int at = end - 1;
    while (at >= start && text.charAt(at) != '.') {
      at--;
    }
    return at;
  }

  /** Start of what follows a word between blanks or brackets; {@link Chars#NONE} without it. */
  private static int afterWord(CharSequence text, int from, String word) {
    int at = from;
    while (at < from + 3
        && (Chars.isBlank(Chars.at(text, at)) || "[({<".indexOf(Chars.at(text, at)) >= 0)) {
      at++;
    }
    if (at == from) {
      return Chars.NONE;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((Chars.at(text, at + i) | 32) != word.charAt(i)) {
        return Chars.NONE;
      }
    }
    int after = at + word.length();
    int next = after;
    while (next < after + 3
        && (Chars.isBlank(Chars.at(text, next)) || "])}>".indexOf(Chars.at(text, next)) >= 0)) {
      next++;
    }
    return next > after && Chars.isWord(Chars.at(text, next)) ? next : Chars.NONE;
  }

  /** End of an IPv4 address, four numbers up to 255. */
  static int ipv4End(CharSequence text, int start, Groups groups) {
    if (groups.count() < 4 || !groups.separatedBy(".", 4)) {
      return Chars.NONE;
    }
    char before = Chars.at(text, start - 1);
    for (int i = 0; i < 4; i++) {
      boolean zero = groups.length(i) > 1 && text.charAt(groups.start(i)) == '0';
      if (groups.length(i) > 3 || groups.number(i) > 255 || zero) {
        return Chars.NONE;
      }
    }
    boolean more = groups.separator(3) == '.' && groups.count() > 4;
    boolean part = before == '.' || before == '-' || Chars.isLetter(Chars.at(text, groups.end(3)));
    return more || part ? Chars.NONE : groups.end(3);
  }

  /** End of an IPv6 address: eight groups of hexadecimal digits, or fewer with {@code ::}. */
  static int ipv6End(CharSequence text, int start) {
    int at = start;
    int groups = 0;
    boolean shortened = false;
    while (at < text.length() && groups < 9) {
      int end = at;
      while (end < text.length() && end - at < 5 && Chars.isHex(text.charAt(end))) {
        end++;
      }
      if (end - at > 4) {
        return Chars.NONE;
      }
      groups += end > at ? 1 : 0;
      if (Chars.at(text, end) != ':') {
        at = end;
        break;
      }
      if (Chars.at(text, end + 1) == ':') {
        if (shortened) {
          return Chars.NONE;
        }
        shortened = true;
        at = end + 2;
      } else if (Chars.isHex(Chars.at(text, end + 1))) {
        at = end + 1;
      } else {
        at = end;
        break;
      }
    }
    boolean whole = shortened ? groups >= 2 && groups < 8 : groups == 8;
    return whole && Chars.isAlone(text, start, at) && Chars.at(text, start - 1) != ':'
        ? at
        : Chars.NONE;
  }
}
