package org.consentry.policy;

import java.util.List;
import java.util.Set;

/**
 * What the names of columns give away, in the spellings of clinic systems and research schemas:
 * {@code last_name}, {@code LastName}, {@code lastname}, {@code LAST NAME}. The words are those of
 * {@link ColumnDictionary}, and of rules for dates, times, parts of dates and numbers.
 */
final class ColumnNames {

  /** Words that end like dates and are none. */
  private static final Set<String> NO_DATES =
      Set.of("update", "candidate", "mandate", "validate", "consolidate");

  /** Words beside the model that name the single device, or the few made with it. */
  private static final Set<String> SINGLE_DEVICE =
      Set.of("serial", "serialno", "serialnumber", "pi", "lot");

  /** Last words that name a part of a date. */
  private static final Set<String> PARTS =
      Set.of("month", "quarter", "week", "day", "hour", "season");

  /** Parts of dates at the end of one word: {@code visitmonth}, {@code admithour}. */
  private static final List<String> GLUED_PARTS = List.of("month", "quarter", "weekday", "hour");

  /** What in such a word makes it a rate or another thing. */
  private static final Set<String> NO_RATE = Set.of("per", "headquarter");

  /** Short words for parts of dates. */
  private static final Set<String> SHORT_PARTS = Set.of("qtr", "mth");

  /** Words before such a part that make it a rate, or a time since something. */
  private static final Set<String> NO_CALENDAR =
      Set.of("per", "a", "each", "every", "study", "gestation", "gestational", "postop", "op");

  /** Words after {@code day of}, {@code week of} that count from something else than a calendar. */
  private static final Set<String> NO_CALENDAR_OF =
      Set.of("life", "study", "treatment", "therapy", "gestation", "pregnancy", "stay", "cycle");

  /** First and last moments of what has a duration. */
  private static final Set<String> EDGES =
      NameWords.set("start started stop stopped end ended begin began in out");

  private static final Set<String> SPANS =
      NameWords.set(
          "surgery anesthesia anaesthesia operation procedure treatment therapy episode epi stay icu"
              + " or room admission visit encounter wheels hospital enrollment followup medication"
              + " drug order service appointment shift pregnancy");

  /** Words that make a number one of an interval: {@code days_to_surgery}. */
  private static final Set<String> UNTIL =
      Set.of("to", "from", "since", "until", "till", "after", "before", "between", "post", "pre");

  /** Shortest word in which a last {@code dt} is a date: {@code admitdt}, but not {@code cdt}. */
  private static final int GLUED_DATE = 5;

  private static final Set<String> NUMBERS = Set.of("id", "ids", "key", "no", "nr", "number");

  /** Words that are numbers of persons and records only beside these. */
  private static final Set<String> SHORT_NUMBERS =
      NameWords.set("num nbr ide icn sid ien pid uid reference ref");

  /** Whole names that refer to a person or a record. */
  private static final Set<String> JOINING =
      Set.of(
          "patient",
          "patid",
          "pid",
          "subject",
          "person",
          "participant",
          "member",
          "encounter",
          "client");

  /** What has numbers that are not of persons: entries of code lists and dictionaries. */
  private static final Set<String> LISTS =
      Set.of("concept", "item", "type", "status", "class", "category", "unit", "definition");

  /** Last words that make the name one of a fact about a value. */
  private static final Set<String> ABOUT =
      NameWords.set(
          "type seq flag yn ynu ind indicator status mgmt impute imputed precision format count cnt source");

  /** What has numbers of its own: {@code note_id} is no note. */
  private static final Set<ColumnKind> NUMBERED = Set.of(ColumnKind.FREE_TEXT, ColumnKind.STREET);

  /** Parts of a name, as the last word behind a person. */
  private static final Set<String> PARTS_OF_NAMES =
      Set.of("first", "last", "middle", "initial", "initials");

  private static final Set<String> NAMES =
      Set.of("name", "names", "nm", "fname", "lname", "mname", "surname");

  private ColumnNames() {}

  /** The kind of a column of that name. */
  static ColumnKind kindOf(String column) {
    List<String> words = NameWords.of(column);
    List<String> parts = NameWords.split(words);
    if (isModelOfDevice(words) || isAboutAValue(parts)) {
      return ColumnKind.NOTHING_KNOWN;
    }
    ColumnKind kind = kindOf(words);
    ColumnKind found = kind == ColumnKind.NOTHING_KNOWN ? kindOf(parts) : kind;
    boolean isNumberOf = NUMBERED.contains(found) && NUMBERS.contains(parts.get(parts.size() - 1));
    return isNumberOf ? ColumnKind.NOTHING_KNOWN : found;
  }

  private static ColumnKind kindOf(List<String> words) {
    if (words.isEmpty()) {
      return ColumnKind.NOTHING_KNOWN; // A name of signs and digits alone.
    }
    return ColumnDictionary.kindOf(words)
        .orElseGet(
            () -> {
              if (isNameOfPerson(words)) {
                return ColumnKind.NAME;
              }
              return isDay(words)
                      || isPart(words)
                      || isPartOf(words)
                      || isTime(words)
                      || isEdge(words)
                  ? ColumnKind.DATE
                  : ColumnKind.NOTHING_KNOWN;
            });
  }

  /** {@code phone_type}, {@code birth_date_flag}: the column has no such value itself. */
  private static boolean isAboutAValue(List<String> words) {
    int last = words.size() - 1;
    return last > 0
        && (ABOUT.contains(words.get(last))
            || (words.get(last).equals("id") && LISTS.contains(words.get(last - 1)))
            || (words.get(last).equals("state") && words.get(last - 1).equals("address")));
  }

  /** {@code participant_name}. */
  private static boolean isNameOfPerson(List<String> words) {
    for (int at = 0; at + 1 < words.size(); at++) {
      if (NameWords.PERSONS.contains(words.get(at)) && NAMES.contains(words.get(at + 1))) {
        return true;
      }
    }
    int last = words.size() - 1;
    return last == 1
        && NameWords.PERSONS.contains(words.get(0))
        && PARTS_OF_NAMES.contains(words.get(last));
  }

  /** Whether by its name the column has days between two events: {@code los}. */
  static boolean isInterval(String column) {
    List<String> words = NameWords.of(column);
    boolean stay = words.contains("los") || String.join(" ", words).contains("length of stay");
    boolean counts =
        words.stream().anyMatch(Set.of("days", "weeks", "hours")::contains)
            && words.stream().anyMatch(UNTIL::contains);
    return stay || counts || words.contains("interval");
  }

  /** Whether by its name the column has a number of days: {@code days_supply}. */
  static boolean isDays(String column) {
    return NameWords.of(column).contains("days");
  }

  /**
   * Whether the name is that of a number or key: {@code lot_no}, {@code lotnumber}, {@code
   * encounterid}, {@code patient_num}, {@code PATIENT}; but not {@code drug_concept_id}.
   */
  static boolean isNumber(String column) {
    List<String> words = NameWords.split(NameWords.of(column));
    String last = words.get(words.size() - 1);
    if (words.size() == 1) {
      return NUMBERS.contains(last) || JOINING.contains(last) || endsWithNumber(last);
    }
    String before = words.get(words.size() - 2);
    boolean isOfList =
        (last.equals("id") && LISTS.contains(before))
            || before.equals("as")
            || words.contains("yes");
    boolean isOfRecord = NameWords.PERSONS.contains(before) || NameWords.RECORDS.contains(before);
    return !isOfList
        && (NUMBERS.contains(last)
            || endsWithNumber(last)
            || (SHORT_NUMBERS.contains(last) && isOfRecord));
  }

  private static boolean endsWithNumber(String word) {
    return word.endsWith("number") || word.endsWith("nummer");
  }

  /** Whether by its name the column has years: {@code surgery_year}, {@code opyear}. */
  static boolean isYear(String column) {
    List<String> words = NameWords.of(column);
    String last = words.get(words.size() - 1);
    return last.endsWith("year") || last.equals("yr");
  }

  /** {@code visited_on}, {@code arrived_at}, {@code admitdate}. */
  private static boolean isDay(List<String> words) {
    String last = words.get(words.size() - 1);
    boolean verb = words.size() > 1 && (last.equals("on") || last.equals("at"));
    return verb || words.stream().anyMatch(ColumnNames::endsWithDate);
  }

  private static boolean endsWithDate(String word) {
    boolean glued = word.endsWith("dt") && word.length() >= GLUED_DATE;
    boolean spelt =
        word.endsWith("date")
            || word.endsWith("datum")
            || word.endsWith("datetime")
            || (word.endsWith("dtc") && word.length() >= GLUED_DATE)
            || word.endsWith("dttm");
    boolean begins = word.startsWith("date") && word.length() > GLUED_DATE + 1;
    boolean file = word.startsWith("datei") || word.startsWith("daten");
    return (glued || spelt || (begins && !file)) && !NO_DATES.contains(word);
  }

  /** {@code surgery_month}, but not {@code doses_per_month}. */
  private static boolean isPart(List<String> words) {
    int last = words.size() - 1;
    boolean calendar = last == 0 || !NO_CALENDAR.contains(words.get(last - 1));
    return calendar && endsWithPart(words.get(last));
  }

  private static boolean endsWithPart(String word) {
    boolean glued =
        GLUED_PARTS.stream().anyMatch(word::endsWith) && NO_RATE.stream().noneMatch(word::contains);
    return PARTS.contains(word) || SHORT_PARTS.contains(word) || glued;
  }

  /** {@code hour_of_admission}, but not {@code day_of_life}. */
  private static boolean isPartOf(List<String> words) {
    for (int at = 0; at + 2 < words.size(); at++) {
      if (words.get(at + 1).equals("of")
          && PARTS.contains(words.get(at))
          && !NO_CALENDAR_OF.contains(words.get(at + 2))) {
        return true;
      }
    }
    return false;
  }

  /** {@code discharge_time} and {@code DISCHTIME}, but not {@code waiting_time}. */
  private static boolean isTime(List<String> words) {
    int last = words.size() - 1;
    String word = words.get(last);
    boolean apart =
        last > 0
            && (word.equals("time") || word.equals("tm"))
            && NameWords.EVENTS.contains(words.get(last - 1));
    return apart
        || (word.endsWith("time")
            && NameWords.EVENTS.contains(word.substring(0, word.length() - 4)));
  }

  /** {@code surgery_start}, {@code or_in}. */
  private static boolean isEdge(List<String> words) {
    int last = words.size() - 1;
    return last > 0 && EDGES.contains(words.get(last)) && SPANS.contains(words.get(last - 1));
  }

  /** The device identifier part of a UDI names a model, not the single device. */
  private static boolean isModelOfDevice(List<String> words) {
    int udi = words.indexOf("udi");
    boolean model = udi >= 0 && udi + 1 < words.size() && words.get(udi + 1).equals("di");
    return model && words.stream().noneMatch(SINGLE_DEVICE::contains);
  }
}
