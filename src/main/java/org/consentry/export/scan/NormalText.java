package org.consentry.export.scan;

import java.text.Normalizer;
import org.consentry.data.Blanks;

/**
 * The form in which texts are compared, on both sides: compatibility forms are one (NFKD, so
 * full-width letters are letters), accents and what shows nothing are left out, digits of any
 * script count by their value, dashes and apostrophes are one each, and letters of other alphabets
 * that look like a Latin one are that one. Letter case stays, because it separates words.
 */
final class NormalText {

  private static final String LOOKALIKES =
      "АAВBЕEКKМMНHОOРPСCТTХXУYаaеeоoрpсcхxуyіiјjѕsΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoıiøoØOłlŁLđdĐDðd"
          + "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz";

  private NormalText() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x7F || (c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
        return unusual(text);
      }
    }
    return text;
  }

  private static String unusual(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      i += Character.charCount(c);
      append(out, c);
    }
    return Normalizer.normalize(out, Normalizer.Form.NFC);
  }

  private static void append(StringBuilder out, int c) {
    if (c < 0x7F && (c >= ' ' || c == '\n' || c == '\t' || c == '\r')) {
      out.append((char) c);
      return;
    }
    if (c >= 0xE0020 && c < 0xE007F) { // Tags, which show nothing.
      out.append((char) (c - 0xE0000));
      return;
    }
    if (c >= 0x1F1E6 && c <= 0x1F1FF) { // Letters of flags.
      out.append((char) ('A' + c - 0x1F1E6));
      return;
    }
    switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          out.append(' ');
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {}
      case Character.DECIMAL_DIGIT_NUMBER -> out.append((char) ('0' + Character.digit(c, 10)));
      case Character.DASH_PUNCTUATION -> out.append('-');
      default -> appendLetter(out, c);
    }
  }

  private static void appendLetter(StringBuilder out, int c) {
    switch (c) {
      case 0xDF, 0x1E9E -> out.append("ss");
      case 0xE6, 0xC6 -> out.append("ae");
      case 0x153, 0x152 -> out.append("oe");
      case 0xFE, 0xDE -> out.append("th");
      case 0x2018, 0x2019, 0x201B, 0x2BC, 0x2B9, 0x2032, 0xB4, 0x60 -> out.append('\'');
      case 0x2212 -> out.append('-');
      default -> {
        int at = c < 0x10000 ? LOOKALIKES.indexOf(c) : -1;
        if (at >= 0 && at % 2 == 0) {
          out.append(LOOKALIKES.charAt(at + 1));
        } else if (!Blanks.isBlank(c)) {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
