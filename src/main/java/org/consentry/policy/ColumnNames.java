package org.consentry.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the names of columns give away, in the spellings of clinic systems: {@code last_name},
 * {@code LastName}, {@code lastname}, {@code LAST NAME}. An entry matches when its words are side
 * by side in the name; an entry that begins with {@code =} matches the whole name only. The first
 * entry that matches counts, so the order of the list matters.
 */
final class ColumnNames {

  /** Words that end like dates and are none. */
  private static final Set<String> NO_DATES =
      Set.of("update", "candidate", "mandate", "validate", "consolidate");

  private static final List<Entry> DICTIONARY =
      List.of(
          new Entry(ColumnKind.EMAIL, "email", "e mail", "mail address"),
          new Entry(ColumnKind.IP, "ip address", "=ip", "ipv"),
          new Entry(ColumnKind.DEVICE, "mac address", "serial", "serial number", "imei"),
          new Entry(ColumnKind.DEVICE, "serial no", "serial nr", "serial num"),
          new Entry(ColumnKind.DEVICE, "device id", "implant id", "udi", "device identifier"),
          new Entry(ColumnKind.URL, "url", "uri", "website", "web site", "homepage", "web address"),
          new Entry(ColumnKind.FAX, "fax", "telefax"),
          new Entry(ColumnKind.TELEPHONE, "phone", "telephone", "cell phone", "=mobile", "=cell"),
          new Entry(ColumnKind.TELEPHONE, "phone number", "mobile number", "pager", "=tel"),
          new Entry(ColumnKind.TELEPHONE, "home phone", "work phone", "mobile phone"),
          new Entry(ColumnKind.TELEPHONE, "tel no", "tel number", "mobile no", "contact number"),
          new Entry(ColumnKind.SOCIAL_SECURITY, "ssn", "social security", "social security number"),
          new Entry(ColumnKind.SOCIAL_SECURITY, "national id", "tax id", "social insurance"),
          new Entry(ColumnKind.SOCIAL_SECURITY, "soc sec", "nhs number", "nhs no", "nino"),
          new Entry(ColumnKind.MEDICAL_RECORD, "mrn", "medical record", "chart number", "chart no"),
          new Entry(ColumnKind.MEDICAL_RECORD, "patient number", "hospital number", "=chart"),
          new Entry(ColumnKind.MEDICAL_RECORD, "med rec", "hosp no", "chart id", "emr id", "empi"),
          new Entry(ColumnKind.MEDICAL_RECORD, "record number", "patient no", "unit number"),
          new Entry(ColumnKind.HEALTH_PLAN, "member number", "member id", "member no"),
          new Entry(ColumnKind.HEALTH_PLAN, "subscriber id", "subscriber number", "beneficiary"),
          new Entry(ColumnKind.HEALTH_PLAN, "policy number", "policy no", "insurance number"),
          new Entry(ColumnKind.HEALTH_PLAN, "insurance id", "medicare", "medicaid", "hicn", "mbi"),
          new Entry(
              ColumnKind.HEALTH_PLAN, "policy id", "insurance no", "subscriber", "group number"),
          new Entry(ColumnKind.ACCOUNT, "account", "account number", "acct", "iban", "credit card"),
          new Entry(ColumnKind.ACCOUNT, "card number", "bank account"),
          new Entry(ColumnKind.VEHICLE, "vin", "license plate", "licence plate", "vehicle"),
          new Entry(ColumnKind.VEHICLE, "plate", "plate number", "registration plate"),
          new Entry(ColumnKind.LICENSE, "license", "licence", "drivers", "certificate number"),
          new Entry(ColumnKind.LICENSE, "license number", "driver license", "drivers license"),
          new Entry(ColumnKind.BIOMETRIC, "fingerprint", "biometric", "voice print", "iris scan"),
          new Entry(ColumnKind.BIOMETRIC, "retina scan", "face template"),
          new Entry(ColumnKind.BIOMETRIC, "voice recording", "iris code", "palm print"),
          new Entry(ColumnKind.PHOTOGRAPH, "=photo", "=photograph", "=image", "=picture"),
          new Entry(ColumnKind.PHOTOGRAPH, "photo file", "photo path", "photo name", "image file"),
          new Entry(ColumnKind.PHOTOGRAPH, "image path", "image name", "file name", "file path"),
          new Entry(ColumnKind.PHOTOGRAPH, "portrait", "face photo", "=file"),
          new Entry(ColumnKind.PHOTOGRAPH, "photo id file", "face image", "facial image", "=img"),
          new Entry(ColumnKind.OTHER_NUMBER, "passport", "barcode", "guid", "uuid"),
          new Entry(ColumnKind.OTHER_NUMBER, "accession", "accession number", "uid", "dicom uid"),
          new Entry(ColumnKind.OTHER_NUMBER, "case number", "case no", "case nr", "case id"),
          new Entry(ColumnKind.EMPLOYER, "employer", "employer name", "company name", "workplace"),
          new Entry(ColumnKind.OCCUPATION, "occupation", "job title", "profession"),
          new Entry(ColumnKind.PROVIDER, "provider", "surgeon", "physician", "doctor", "nurse"),
          new Entry(ColumnKind.PROVIDER, "practitioner", "therapist", "attending", "clinician"),
          new Entry(ColumnKind.NAME, "last name", "first name", "middle name", "maiden name"),
          new Entry(ColumnKind.NAME, "family name", "given name", "surname", "forename", "maiden"),
          new Entry(ColumnKind.NAME, "full name", "patient name", "nickname", "alias", "initials"),
          new Entry(ColumnKind.NAME, "contact name", "emergency contact", "owner name", "kin"),
          new Entry(ColumnKind.NAME, "guardian", "spouse name", "mother name", "father name"),
          new Entry(ColumnKind.NAME, "guarantor name", "subscriber name", "legal name"),
          new Entry(
              ColumnKind.NAME, "l name", "f name", "m name", "last nm", "first nm", "pt name"),
          new Entry(ColumnKind.NAME, "next of kin", "nok", "aka", "guarantor", "=given", "=family"),
          new Entry(ColumnKind.NAME, "=spouse", "=mother", "=father", "=partner", "relative name"),
          new Entry(ColumnKind.NAME, "=name", "=names", "=first", "=last", "=middle", "=prefix"),
          new Entry(ColumnKind.NAME, "=suffix"),
          new Entry(
              ColumnKind.ZIP, "zip", "zip code", "postal code", "post code", "zcta", "postal"),
          new Entry(ColumnKind.AREA, "birth place", "place of birth", "birth city"),
          new Entry(
              ColumnKind.STREET, "address", "street", "street address", "addr", "house number"),
          new Entry(ColumnKind.STREET, "latitude", "longitude", "=lat", "=lon", "=lng", "geocode"),
          new Entry(ColumnKind.STREET, "geohash", "gps", "coordinates", "apartment"),
          new Entry(ColumnKind.TOWN, "city", "town", "village", "municipality"),
          new Entry(ColumnKind.AREA, "county", "precinct", "borough", "district", "fips", "tract"),
          new Entry(ColumnKind.AREA, "census block", "neighborhood", "neighbourhood", "parish"),
          new Entry(ColumnKind.AREA, "suburb", "locality", "ward", "block group", "msa", "cbsa"),
          new Entry(ColumnKind.AREA, "residence", "domicile", "hometown", "home town", "township"),
          new Entry(ColumnKind.AREA, "metro", "metro area", "metropolitan area", "commune"),
          new Entry(ColumnKind.AREA, "hamlet", "catchment area", "geo id", "puma", "cbg"),
          new Entry(ColumnKind.BIRTH, "birth date", "date of birth", "dob", "birthday", "born on"),
          new Entry(ColumnKind.BIRTH, "birth year", "year of birth", "birth time", "birth month"),
          new Entry(ColumnKind.BIRTH, "birth dt", "b date", "yob", "birth yr", "=birth", "=born"),
          new Entry(ColumnKind.BIRTH, "month of birth", "day of birth", "time of birth"),
          new Entry(ColumnKind.BIRTH, "hour of birth", "quarter of birth", "week of birth"),
          new Entry(ColumnKind.BIRTH, "birth day", "birth hour", "birth quarter", "birth week"),
          new Entry(ColumnKind.BIRTH, "birth mon", "birth mo", "b month", "b day", "b year", "mob"),
          new Entry(ColumnKind.AGE, "age"),
          new Entry(ColumnKind.DATE, "date", "datetime", "timestamp", "dod", "deceased on"),
          new Entry(ColumnKind.DATE, "dt", "dttm", "dtm", "day of death", "time of death"),
          new Entry(ColumnKind.DATE, "=start", "=stop", "=end", "=begin", "=when"),
          new Entry(ColumnKind.DATE, "day of week", "weekday", "time of day", "dow", "day name"),
          new Entry(ColumnKind.DATE, "dos", "day of service", "=admission", "=admit"),
          new Entry(ColumnKind.DATE, "=discharge", "=death", "=died"),
          new Entry(ColumnKind.DATE, "start time", "end time", "arrival time", "admission time"),
          new Entry(ColumnKind.DATE, "check in time", "check out time", "time stamp", "tstamp"),
          new Entry(ColumnKind.DATE, "=ts", "=time", "epoch", "doy", "date time", "clock time"),
          new Entry(ColumnKind.FREE_TEXT, "note", "notes", "comment", "comments", "narrative"),
          new Entry(ColumnKind.FREE_TEXT, "remark", "remarks", "memo", "free text", "dictation"));

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

  /** Words before {@code time} that make it the time of an event, and no duration. */
  private static final Set<String> EVENTS =
      Set.of(
          ("adm admit admitted admission disch discharge discharged death arrival arrive arrived"
                  + " departure depart departed start stop end begin in out reg registration"
                  + " edreg edout chart charted store order ordered event visit encounter"
                  + " appointment appt incision collection collected collect draw drawn specimen"
                  + " sample result transfer create created update updated entry entered exit"
                  + " triage scan exam contact call onset injury accident login sign signed"
                  + " dispense dispensed given taken recorded service")
              .split(" "));

  /** Words that make a number one of an interval: {@code days_to_surgery}. */
  private static final Set<String> UNTIL =
      Set.of("to", "from", "since", "until", "till", "after", "before", "between", "post", "pre");

  /** Shortest word in which a last {@code dt} is a date: {@code admitdt}, but not {@code cdt}. */
  private static final int GLUED_DATE = 5;

  private static final Set<String> NUMBERS = Set.of("id", "key", "no", "nr", "number");

  private ColumnNames() {}

  /** The kind of a column of that name. */
  static ColumnKind kindOf(String column) {
    List<String> words = words(column);
    if (isModelOfDevice(words)) {
      return ColumnKind.NOTHING_KNOWN;
    }
    for (Entry entry : DICTIONARY) {
      if (entry.matches(words)) {
        return entry.kind();
      }
    }
    return isDay(words) || isPart(words) || isPartOf(words) || isTime(words)
        ? ColumnKind.DATE
        : ColumnKind.NOTHING_KNOWN;
  }

  /** Whether by its name the column has days between two events: {@code los}. */
  static boolean isInterval(String column) {
    List<String> words = words(column);
    boolean stay = words.contains("los") || String.join(" ", words).contains("length of stay");
    boolean counts =
        words.stream().anyMatch(Set.of("days", "weeks", "hours")::contains)
            && words.stream().anyMatch(UNTIL::contains);
    return stay || counts || words.contains("interval");
  }

  /** Whether the name ends like that of a number or key: {@code lot_no}, {@code lotnumber}. */
  static boolean isNumber(String column) {
    List<String> words = words(column);
    String last = words.get(words.size() - 1);
    return (NUMBERS.contains(last) && !words.contains("yes")) || last.endsWith("number");
  }

  /** Whether by its name the column has years: {@code surgery_year}, {@code opyear}. */
  static boolean isYear(String column) {
    List<String> words = words(column);
    String last = words.get(words.size() - 1);
    return last.endsWith("year") || last.equals("yr");
  }

  /** Splits at capitals and at everything that is no letter; lower case. */
  static List<String> words(String column) {
    String spaced =
        column
            .replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
            .replaceAll("(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ")
            .replaceAll("[^\\p{L}]+", " ");
    return List.of(spaced.strip().toLowerCase(Locale.ROOT).split(" "));
  }

  /** {@code visited_on}, {@code arrived_at}, {@code admitdate}. */
  private static boolean isDay(List<String> words) {
    String last = words.get(words.size() - 1);
    boolean verb = words.size() > 1 && (last.equals("on") || last.equals("at"));
    return verb || words.stream().anyMatch(ColumnNames::endsWithDate);
  }

  private static boolean endsWithDate(String word) {
    boolean glued = word.endsWith("dt") && word.length() >= GLUED_DATE;
    boolean spelt = word.endsWith("date") || word.endsWith("datetime") || word.endsWith("dttm");
    return (glued || spelt) && !NO_DATES.contains(word);
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
    boolean apart = last > 0 && word.equals("time") && EVENTS.contains(words.get(last - 1));
    return apart
        || (word.endsWith("time") && EVENTS.contains(word.substring(0, word.length() - 4)));
  }

  /** The device identifier part of a UDI names a model, not the single device. */
  private static boolean isModelOfDevice(List<String> words) {
    int udi = words.indexOf("udi");
    boolean model = udi >= 0 && udi + 1 < words.size() && words.get(udi + 1).equals("di");
    return model && words.stream().noneMatch(SINGLE_DEVICE::contains);
  }

  /** Spellings of one kind. */
  private record Entry(ColumnKind kind, List<String> spellings) {

    Entry(ColumnKind kind, String... spellings) {
      this(kind, List.of(spellings));
    }

    boolean matches(List<String> words) {
      return spellings.stream().anyMatch(spelling -> matches(spelling, words));
    }

    private static boolean matches(String spelling, List<String> words) {
      boolean whole = spelling.startsWith("=");
      List<String> wanted = List.of((whole ? spelling.substring(1) : spelling).split(" "));
      List<String> glued = List.of(String.join("", wanted));
      return whole
          ? words.equals(wanted) || words.equals(glued)
          : contains(words, wanted) || contains(words, glued);
    }

    private static boolean contains(List<String> words, List<String> wanted) {
      for (int at = 0; at + wanted.size() <= words.size(); at++) {
        if (words.subList(at, at + wanted.size()).equals(wanted)) {
          return true;
        }
      }
      return false;
    }
  }
}
