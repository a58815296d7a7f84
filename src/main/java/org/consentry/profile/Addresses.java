package org.consentry.profile;

/**
 * Postal addresses: number, name and suffix of a street (USPS Publication 28, appendix C1), with
 * the unit behind it; streets of other countries with the number behind the name; and a ZIP code
 * behind the name or abbreviation of a state (appendix B).
 */
final class Addresses {

  private static final int MOST_WORDS = 6;

  /** Suffixes that end a street anywhere. */
  private static final int CLEAR = 1;

  /** Suffixes that are words or abbreviations of medicine as well. */
  private static final int DOUBTFUL = 2;

  private static final WordTable SUFFIXES =
      new WordTable(200)
          .words(
              CLEAR,
              """
              street avenue ave av road rd boulevard blvd lane ln drive highway hwy parkway pkwy
              terrace terr alley aly plaza plz trail trl turnpike tpke expressway freeway byway
              causeway mews esplanade overpass underpass crescent cres freeway ferry motorway
              orchard hollow junction landing throughway streets trafficway viaduct broadway
              roadway driveway close cove glen heights knoll knolls meadow meadows ridge grove
              extension""")
          .words(
              DOUBTFUL,
              """
              st str dr ct court cir circle pl place way sq square ter row run loop path pass park
              mall walk bend pike point pt crossing xing gate approach parade promenade frontage hub vale quay arcade gardens garden green greens common
              commons center corner corners bay hill hills island isle vista view village well
              wells club course dale dam divide estate estates field fields flat flats ford forest
              forge fork forks gateway harbor haven inlet key keys lake lakes light lights lodge
              manor mill mills mission mount mountain neck oval pine pines plain plains port
              prairie radial ramp ranch rapid rapids rest river route rue shoal shore shores
              skyway spring springs spur spurs station stream summit trace track tunnel union
              valley ville burg bluff bluffs bottom branch bridge brook brooks burgs bypass camp
              canyon cape cliff cliffs creek crest crossroad crossroads curve fall falls ports
              ways passage parks lock locks loaf annex""");

  private static final WordTable BEFORE =
      new WordTable(64)
          .words(
              1,
              """
              camino carretera ctra ronda travesia glorieta urbanizacion rambla travessa rue chemin
              impasse allee via viale piazza corso vicolo ulica ul ulice chaussee quai praca estrada
              alameda costanilla pasaje largo strada passeig carrer cl cuesta callejon""")
          .words(2, "calle avenida avda avd plaza plza paseo rua");

  private static final String[] ENDINGS = {
    "strasse",
    "stra\u00dfe",
    "str",
    "gasse",
    "platz",
    "weg",
    "allee",
    "damm",
    "ufer",
    "gatan",
    "gata",
    "v\u00e4gen",
    "vagen",
    "straat",
    "laan",
    "gracht",
    "plein",
    "gade",
    "vej",
    "katu",
    "tie",
    "veien",
    "veg",
    "gaten",
    "puisto",
    "kuja",
    "utca"
  };

  private static final WordTable UNITS =
      new WordTable(32)
          .words(
              1,
              """
              apt apartment unit suite ste rm room fl floor bldg building lot no trlr dept""");

  private static final WordTable STATES =
      new WordTable(130)
          .words(
              1,
              """
              al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne
              nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy pr vi gu as mp
              aa ae ap""")
          .words(
              2,
              """
              alabama alaska arizona arkansas california colorado connecticut delaware columbia
              florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine
              maryland massachusetts michigan minnesota mississippi missouri montana nebraska
              nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon
              pennsylvania island tennessee texas utah vermont virginia washington wisconsin
              wyoming rico""");

  private Addresses() {}

  /** End of an address that begins with a house number. */
  static int streetEnd(CharSequence text, int start, Groups groups, Word word) {
    int end = groups.end(0);
    if (groups.length(0) > 6 || Chars.at(text, start - 1) == '.') {
      return Chars.NONE;
    }
    if (groups.count() == 3 && groups.separator(1) == '/' && groups.separator(0) == ' ') {
      end = groups.end(2);
    } else if (groups.count() > 1 && groups.separator(0) == '-' && groups.length(1) <= 4) {
      end = groups.end(1);
    }
    if (Chars.isLetter(Chars.at(text, end)) && !Chars.isWord(Chars.at(text, end + 1))) {
      end++;
    }
    return words(text, start, end, word);
  }

  private static int words(CharSequence text, int start, int numberEnd, Word word) {
    int at = numberEnd;
    int best = Chars.NONE;
    int capitals = 0;
    boolean lower = start == 0;
    for (int i = 0; i < MOST_WORDS; i++) {
      int from = blanks(text, at);
      if (from == at) {
        break;
      }
      if (Chars.isDigit(Chars.at(text, from))) {
        int ordinal = Chars.wordEnd(text, from);
        int digits = Chars.digitsEnd(text, from);
        boolean street =
            ordinal - digits == 2
                || (i > 0 && digits == ordinal && digits - from <= 4 && best != Chars.NONE);
        if (!street) {
          break;
        }
        best = digits == ordinal ? ordinal : best;
        at = ordinal;
        capitals++;
        continue;
      }
      if (!Chars.isLetter(Chars.at(text, from))) {
        break;
      }
      word.read(text, from);
      int suffix = SUFFIXES.get(word.hash);
      boolean capital = word.shape != Word.Shape.LOWER;
      if (i > 0 && suffix != 0 && isSuffix(word, suffix, capitals, lower, numberEnd - start)) {
        best = word.end;
      } else if (i == 0 && BEFORE.get(word.hash) != 0) {
        return rueEnd(text, word.end);
      } else if (!capital && !lower) {
        break;
      }
      capitals += capital ? 1 : 0;
      at = Chars.at(text, word.end) == '.' ? word.end + 1 : word.end;
    }
    return best == Chars.NONE ? best : unitEnd(text, best, word);
  }

  private static boolean isSuffix(Word word, int suffix, int capitals, boolean lower, int digits) {
    boolean capital = word.shape != Word.Shape.LOWER;
    if (suffix == CLEAR) {
      return capitals > 0 || lower;
    }
    boolean scan = word.letters == 2 && word.shape == Word.Shape.UPPER;
    return lower || (capital && capitals > 0 && (digits > 1 || word.letters > 2) && !scan);
  }

  /** {@code 12 rue de la Paix}: up to four more words. */
  private static int rueEnd(CharSequence text, int end) {
    int at = end;
    int best = Chars.NONE;
    for (int i = 0; i < 5; i++) {
      int from = blanks(text, at);
      if (from == at || !Chars.isLetter(Chars.at(text, from))) {
        break;
      }
      at = Chars.wordEnd(text, from);
      best = Chars.isUpper(text.charAt(from)) ? at : best;
    }
    return best;
  }

  /** End of an address whose street's name begins with {@code Calle}, {@code Rua}, {@code Via}. */
  static int calleEnd(CharSequence text, Word first) {
    int at = first.end;
    boolean abbreviated =
        first.letters == 1 && (text.charAt(first.start) | 32) == 'c' && Chars.at(text, at) == '/';
    int before = BEFORE.get(first.hash);
    if (!abbreviated && (before == 0 || (before == 1 && first.shape == Word.Shape.LOWER))) {
      return Chars.NONE;
    }
    at = Chars.at(text, at) == '.' || abbreviated ? at + 1 : at;
    boolean capital = before == 2 || abbreviated;
    for (int i = 0; i < 8; i++) {
      int from = at;
      while (from < at + 3
          && (Chars.isBlank(Chars.at(text, from))
              || ",\u00ba.".indexOf(Chars.at(text, from)) >= 0)) {
        from++;
      }
      char c = Chars.at(text, from);
      if (Chars.isDigit(c)) {
        int digits = Chars.digitsEnd(text, from);
        return capital && digits - from <= 5 ? digits : Chars.NONE;
      }
      if (!Chars.isLetter(c) || (from == at && !abbreviated && i > 0)) {
        return Chars.NONE;
      }
      if (c == 's' && Chars.at(text, from + 1) == '/' && Chars.at(text, from + 2) == 'n' && i > 0) {
        return from + 3;
      }
      capital |= Chars.isUpper(c);
      at = Chars.wordEnd(text, from);
      if (Chars.isHyphen(Chars.at(text, at)) && Chars.isLetter(Chars.at(text, at + 1))) {
        at = Chars.wordEnd(text, at + 1);
      }
    }
    return Chars.NONE;
  }

  /** End of {@code Hauptstraße 12} and of streets with such endings, with the number behind. */
  static int endingEnd(CharSequence text, Word word) {
    if (word.shape != Word.Shape.TITLE || word.letters < 5) {
      return Chars.NONE;
    }
    int at = Chars.at(text, word.end) == '.' ? word.end + 1 : word.end;
    int from = blanks(text, at);
    if (from == at || !Chars.isDigit(Chars.at(text, from))) {
      return Chars.NONE;
    }
    int digits = Chars.digitsEnd(text, from);
    boolean ends = false;
    for (String ending : ENDINGS) {
      ends |= endsWith(text, word, ending);
    }
    if (!ends || digits - from > 4) {
      return Chars.NONE;
    }
    boolean letter =
        Chars.isLetter(Chars.at(text, digits)) && !Chars.isWord(Chars.at(text, digits + 1));
    return letter ? digits + 1 : Chars.isLetter(Chars.at(text, digits)) ? Chars.NONE : digits;
  }

  /** End of a ZIP code behind a state, where the state begins; the code begins five before it. */
  static int zipEnd(CharSequence text, Word word) {
    int state = STATES.get(word.hash);
    boolean written = state == 1 ? word.shape == Word.Shape.UPPER : state == 2 && word.isCapital();
    int at = Chars.at(text, word.end) == ',' ? word.end + 1 : word.end;
    int from = blanks(text, at);
    if (!written || from == at) {
      return Chars.NONE;
    }
    int digits = Chars.digitsEnd(text, from);
    if (digits - from != 5
        || Chars.isWord(Chars.at(text, digits))
        || (Chars.at(text, digits) == '.' && Chars.isDigit(Chars.at(text, digits + 1)))) {
      return Chars.NONE;
    }
    int plus = Chars.isHyphen(Chars.at(text, digits)) ? Chars.digitsEnd(text, digits + 1) : digits;
    return plus == digits + 5 && !Chars.isWord(Chars.at(text, plus)) ? plus : digits;
  }

  private static int unitEnd(CharSequence text, int end, Word word) {
    int at = Chars.at(text, end) == '.' ? end + 1 : end;
    int from = at;
    while (from < at + 3
        && (Chars.isBlank(Chars.at(text, from))
            || Chars.at(text, from) == ','
            || Chars.at(text, from) == '\n')) {
      from++;
    }
    if (Chars.at(text, from) != '#') {
      if (!Chars.isLetter(Chars.at(text, from))) {
        return end;
      }
      word.read(text, from);
      if (UNITS.get(word.hash) == 0) {
        return end;
      }
      from = word.end;
    }
    int value = from;
    while (value < from + 3
        && (Chars.isBlank(Chars.at(text, value))
            || Chars.at(text, value) == '#'
            || Chars.at(text, value) == '.')) {
      value++;
    }
    int valueEnd = Chars.wordEnd(text, value);
    return valueEnd > value && valueEnd - value <= 6 ? valueEnd : end;
  }

  private static boolean endsWith(CharSequence text, Word word, String ending) {
    int from = word.end - ending.length();
    if (from <= word.start) {
      return false;
    }
    for (int i = 0; i < ending.length(); i++) {
      if (Character.toLowerCase(text.charAt(from + i)) != ending.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int blanks(CharSequence text, int from) {
    int at = from;
    while (at < from + 3 && Chars.isBlank(Chars.at(text, at))) {
      at++;
    }
    return at;
  }
}
