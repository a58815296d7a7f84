package org.consentry.connector.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of an expression into words, literals and signs. */
final class Tokens {

  /** What a piece of an expression is. */
  enum Kind {
    NAME,
    TEXT,
    NUMBER,
    MOMENT,
    VARIABLE,
    SIGN,
    END
  }

  /**
   * A piece of an expression.
   *
   * @param text without quotes, escapes, {@code @} and {@code %}
   * @param at position of its first character, from 1
   */
  record Token(Kind kind, String text, int at) {
    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
      return kind == Kind.NAME && text.equals(word);
    }
  }

  private static final Pattern PIECE =
      Pattern.compile(
          "(?<blank>\\s+)"
              + "|(?<number>\\d+(?:\\.\\d+)?)"
              + "|@(?<moment>T?[0-9][0-9T:.+Z-]*)"
              + "|(?<name>\\$?[A-Za-z_][A-Za-z0-9_]*)"
              + "|%(?<variable>[A-Za-z_][A-Za-z0-9_]*)"
              + "|'(?<text>(?:[^'\\\\]|\\\\.)*)'"
              + "|`(?<quoted>[^`\\\\]+)`"
              + "|(?<sign><=|>=|!=|[-+*/=<>().,\\[\\]|&~!])");

  private Tokens() {}

  static List<Token> of(String text) throws Failure {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = PIECE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        throw new Failure(
            "character " + (at + 1) + " of the expression begins no word, literal or sign",
            "write a FHIRPath expression such as name.first().family");
      }
      add(matcher, at + 1, tokens);
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1));
    return tokens;
  }

  private static void add(Matcher found, int at, List<Token> tokens) throws Failure {
    if (found.group("number") != null) {
      tokens.add(new Token(Kind.NUMBER, found.group("number"), at));
    } else if (found.group("moment") != null) {
      String moment = found.group("moment");
      if (!Moments.isMoment(moment.startsWith("T") ? moment.substring(1) : moment)) {
        throw new Failure(
            "character " + at + " of the expression begins no date or time", "write @2026-01-31");
      }
      tokens.add(new Token(Kind.MOMENT, moment.replaceFirst("^T|T$", ""), at));
    } else if (found.group("name") != null) {
      tokens.add(new Token(Kind.NAME, found.group("name"), at));
    } else if (found.group("quoted") != null) {
      tokens.add(new Token(Kind.NAME, found.group("quoted"), at));
    } else if (found.group("variable") != null) {
      tokens.add(new Token(Kind.VARIABLE, found.group("variable"), at));
    } else if (found.group("text") != null) {
      tokens.add(new Token(Kind.TEXT, unescaped(found.group("text"), at), at));
    } else if (found.group("sign") != null) {
      tokens.add(new Token(Kind.SIGN, found.group("sign"), at));
    }
  }

  private static String unescaped(String text, int at) throws Failure {
    StringBuilder plain = new StringBuilder();
    boolean isEscaped = false;
    for (int i = 0; i < text.length(); i++) {
      char escaped = text.charAt(i);
      if (!isEscaped) {
        isEscaped = escaped == '\\';
        if (!isEscaped) {
          plain.append(escaped);
        }
        continue;
      }
      isEscaped = false;
      switch (escaped) {
        case '\'', '"', '`', '\\', '/' -> plain.append(escaped);
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'f' -> plain.append('\f');
        default ->
            throw new Failure(
                "the text at character " + at + " of the expression has an unknown escape",
                "write the character itself");
      }
    }
    return plain.toString();
  }
}
