package org.consentry.keys;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Whose signatures count: the lines of an {@code allowed_signers} file (ssh-keygen(1), ALLOWED
 * SIGNERS). Understood are the keys that ssh-keygen signs with and the options {@code namespaces},
 * {@code valid-after} and {@code valid-before}; anything else is a problem, never a line silently
 * passed over.
 *
 * @param entries the lines, in order
 */
public record AllowedSigners(List<Entry> entries) {

  /**
   * One signer.
   *
   * @param principal the name people give the signer, such as {@code releases@clinic}
   * @param key the signer's key
   * @param namespaces what the key may sign; empty for anything
   * @param validAfter the key counts from then on
   * @param validBefore the key counts until then
   */
  public record Entry(
      String principal,
      SshPublicKey key,
      List<String> namespaces,
      Instant validAfter,
      Instant validBefore) {

    private static final Pattern PRINCIPAL = Pattern.compile("[^\\s\",#!*?][^\\s\",!*?]*");

    public Entry {
      namespaces = List.copyOf(namespaces);
      if (!PRINCIPAL.matcher(principal).matches()) {
        throw new IllegalArgumentException("a principal is one word without wildcards or quotes");
      }
    }

    /** A key that may sign manifests, at any time. */
    public static Entry forManifests(String principal, SshPublicKey key) {
      return new Entry(principal, key, List.of(SshSignature.MANIFEST), Instant.MIN, Instant.MAX);
    }

    boolean allows(SshPublicKey other, String namespace) {
      return key.equals(other) && (namespaces.isEmpty() || namespaces.contains(namespace));
    }

    boolean allows(SshPublicKey other, String namespace, Instant when) {
      return allows(other, namespace) && !when.isBefore(validAfter) && when.isBefore(validBefore);
    }

    /** Returns the line of an entry without limits in time. */
    String line() {
      String options =
          namespaces.isEmpty() ? "" : " namespaces=\"" + String.join(",", namespaces) + "\"";
      return principal + options + " " + key.line();
    }
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+)(?:[ \\t]+(\\S*=\"[^\"]*\"\\S*))?[ \\t]+"
              + "((?:ssh|sk|ecdsa)-[A-Za-z0-9@.-]+[ \\t]+.+)");
  private static final Pattern OPTION = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"(?:,|$)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public AllowedSigners {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @param file what to call it in messages
   * @param problems receives one problem for each line that is not understood
   */
  public static AllowedSigners parse(String file, String text, Problems problems) {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Optional<Entry> entry = entry(line);
        entry.ifPresent(entries::add);
        if (entry.isEmpty()) {
          problems.error(
              "SIGNERS_LINE",
              Place.of(file, i + 1L),
              "expected a principal, options and a public key of OpenSSH",
              "keys are ssh-ed25519, ecdsa-sha2-nistp*, sk-* and ssh-rsa of 2048 bits or more;"
                  + " options are namespaces, valid-after and valid-before, times end with Z");
        }
      }
    }
    return new AllowedSigners(entries);
  }

  private static Optional<Entry> entry(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      String options = matcher.group(2) == null ? "" : matcher.group(2);
      return SshPublicKey.parse(matcher.group(3))
          .map(key -> withOptions(matcher.group(1), key, options));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Entry withOptions(String principal, SshPublicKey key, String options) {
    List<String> namespaces = List.of();
    Instant after = Instant.MIN;
    Instant before = Instant.MAX;
    Matcher matcher = OPTION.matcher(options);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      switch (matcher.group(1)) {
        case "namespaces" -> namespaces = namespaces(matcher.group(2));
        case "valid-after" -> after = time(matcher.group(2));
        case "valid-before" -> before = time(matcher.group(2));
        default -> throw new IllegalArgumentException("unknown option");
      }
      end = matcher.end();
    }
    if (end != options.length()) {
      throw new IllegalArgumentException("something follows the options");
    }
    return new Entry(principal, key, namespaces, after, before);
  }

  /** Patterns are not understood; taking one literally would only refuse what it allows. */
  private static List<String> namespaces(String list) {
    List<String> names = Arrays.stream(list.split(",", -1)).toList();
    if (names.stream().anyMatch(name -> !name.matches("[A-Za-z0-9@._-]+"))) {
      throw new IllegalArgumentException("a namespace is a plain word");
    }
    return names;
  }

  private static Instant time(String text) {
    if (!text.matches("(\\d{8}|\\d{12}|\\d{14})Z")) {
      throw new IllegalArgumentException("a time is YYYYMMDD[HHMM[SS]]Z");
    }
    String digits = text.substring(0, text.length() - 1);
    return LocalDateTime.parse(digits + "0".repeat(14 - digits.length()), TIME)
        .toInstant(ZoneOffset.UTC);
  }

  /** The principal for whom the key counts for this namespace at this time, if any. */
  public Optional<String> principal(SshPublicKey key, String namespace, Instant when) {
    return entries.stream()
        .filter(entry -> entry.allows(key, namespace, when))
        .map(Entry::principal)
        .findFirst();
  }

  /** The principal for whom the key counts for this namespace at some time or other, if any. */
  public Optional<String> everPrincipal(SshPublicKey key, String namespace) {
    return entries.stream()
        .filter(entry -> entry.allows(key, namespace))
        .map(Entry::principal)
        .findFirst();
  }

  /** Returns the file's text, one line per entry; limits in time are not written. */
  public String text() {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.line()).append('\n'));
    return text.toString();
  }
}
