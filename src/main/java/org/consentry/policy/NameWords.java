package org.consentry.policy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a column's name. {@code HOSP_ADMSN_TIME} and {@code hospAdmsnTime} have three;
 * {@code dischtime} and {@code motherfirstname} are split where their parts are words that names of
 * columns are made of. Lower case, without accents.
 */
final class NameWords {

  /** Words that name a person. */
  static final Set<String> PERSONS =
      set(
          "patient patients pat pt subject person client enrollee participant member"
              + " subscriber guarantor insured policyholder relative spouse husband wife"
              + " partner parent mother father mom dad child son daughter sibling brother"
              + " sister guardian caregiver contact emergency owner user customer donor"
              + " recipient proband baby infant newborn mum guar subscr emerg subj usubj"
              + " mothers fathers paciente paziente patienten bene beneficiary holder");

  /** Words that name a record, so that its number is the number of one person's record. */
  static final Set<String> RECORDS =
      set(
          "encounter visit order stay transfer specimen diagnosis procedure procedures"
              + " vital dispensing prescribing prescription condition trial medadmin obsclin"
              + " obsgen address provider facility site case episode admission hadm emar record"
              + " event claim link study exam series image sample account appointment appt"
              + " referral note document enc encntr clm staff prac unit pid unique");

  /** Words before {@code time} that make it the time of an event, and no duration. */
  static final Set<String> EVENTS =
      set(
          "adm admit admitted admission disch discharge discharged death arrival arrive"
              + " arrived departure depart departed start stop end begin in out reg"
              + " registration edreg edout chart charted store order ordered event visit"
              + " encounter appointment appt incision collection collected collect draw drawn"
              + " specimen sample result transfer create created update updated entry entered"
              + " exit triage scan exam contact call onset injury accident login sign signed"
              + " dispense dispensed given taken recorded service admsn hosp checkin checkout"
              + " effective disp sched schedule scheduled verified verify enter stored resolve"
              + " resolved report reported noted resulted specimn recv received ending expected"
              + " dispensing measurement measure obs observation birth medadmin bed ed pro"
              + " discon discontinued filed close closed tracking obsclin obsgen area series"
              + " acquisition content lkw dc dschrg dischrg seen");

  /** Other parts of names that are written in one word. */
  private static final Set<String> PARTS =
      set(
          "name names nm first last middle given family maiden full legal preferred fname"
              + " lname mname birth born date datum datetime time timestamp stamp day month"
              + " year hour quarter week dt dttm dts dtm street city town zip code postal"
              + " county state country line phone telephone tel mobile cell home work fax email"
              + " mail number num nbr no nr id ids of at on in out age text comment comments"
              + " notes social security medical license licence insurance policy group device"
              + " serial plate card bank passport login item spec dx px rx lab plan payer cd"
              + " source value driver drivers addr hospital acct unique linkage di health"
              + " system epi start dob medicare medicaid implant dtc soc sec med rec cert nhs"
              + " holder fecha data nascita nacimiento naissance nascimento ingreso egreso alta"
              + " entree sortie deces ricovero dimissione nome nombre codigo codice fiscale"
              + " fiscal numero telefono geburts aufnahme entlass entlassungs untersuchungs"
              + " behandlungs tag jahr ort versicherten nummer strasse kranken kassen geboorte"
              + " opname ontslag overlijdens ip voice img path");

  /** Parts of two letters; any other is too short to be seen in a longer word. */
  private static final Set<String> SHORT =
      set("pt nm dt cd no nr id of at on in out dx px rx or di");

  private static final Set<String> ALL =
      Stream.of(PERSONS, RECORDS, EVENTS, PARTS)
          .flatMap(Set::stream)
          .filter(word -> word.length() > 2 || SHORT.contains(word))
          .collect(Collectors.toUnmodifiableSet());

  /** Parts that end no name: {@code resultat} is no {@code result at}. */
  private static final Set<String> OPEN = set("at on of in");

  /** More parts than any word has. */
  private static final int NONE = Integer.MAX_VALUE / 2;

  private static final Pattern CAPITALS =
      Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

  private NameWords() {}

  static Set<String> set(String words) {
    return Set.copyOf(Arrays.asList(words.split(" ")));
  }

  /** Splits at capitals and at everything that is no letter. */
  static List<String> of(String column) {
    String spaced = CAPITALS.matcher(column).replaceAll(" ");
    String decomposed = Normalizer.normalize(spaced, Normalizer.Form.NFD);
    String unmarked = MARKS.matcher(decomposed).replaceAll("").replace("ß", "ss");
    String plain = NO_LETTERS.matcher(unmarked).replaceAll(" ");
    return List.of(plain.strip().toLowerCase(Locale.ROOT).split(" "));
  }

  /** The same with every word split that is glued of parts of names. */
  static List<String> split(List<String> words) {
    return words.stream().flatMap(word -> parts(word).stream()).toList();
  }

  /** The fewest parts; the word itself where it is a part or cannot be split. */
  private static List<String> parts(String word) {
    if (ALL.contains(word)) {
      return List.of(word);
    }
    int[] count = new int[word.length() + 1];
    int[] from = new int[word.length() + 1];
    for (int end = 1; end <= word.length(); end++) {
      count[end] = NONE;
      for (int start = 0; start < end; start++) {
        if (count[start] + 1 < count[end] && ALL.contains(word.substring(start, end))) {
          count[end] = count[start] + 1;
          from[end] = start;
        }
      }
    }
    boolean isOpen = OPEN.contains(word.substring(from[word.length()]));
    if (count[word.length()] >= NONE || isOpen) {
      return List.of(word);
    }
    List<String> found = new ArrayList<>();
    for (int end = word.length(); end > 0; end = from[end]) {
      found.add(0, word.substring(from[end], end));
    }
    return found;
  }
}
