package org.consentry.consent;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.consent.ConsentRequest.StudyState;

/**
 * The procedure once more, slowly, from the cells as they are written and with nothing of the
 * program but the request: one list, one pass per question, texts for everything. It knows a few
 * purposes and terms, those which the property uses.
 */
final class SlowDecider {

  /** A cell that a line has when its patient id is, exactly, no patient's. */
  static final String OF_UNKNOWN = "of unknown";

  private static final Map<String, String> PARENT_PURPOSE =
      Map.of(
          "CLINTRCH",
          "HRESCH",
          "CLINTRCHNPC",
          "CLINTRCH",
          "BIORCH",
          "HRESCH",
          "HRESCH",
          "",
          "HMARKT",
          "",
          "TREAT",
          "",
          "HPAYMT",
          "",
          "COVERAGE",
          "HPAYMT");
  private static final List<String> ORDER =
      List.of(
          "EVIDENCE_MISSING",
          "PURPOSE",
          "STUDY",
          "RECIPIENT",
          "NOT_YET_VALID",
          "EXPIRED",
          "DUO_PERMISSION",
          "DUO_DISEASE",
          "DUO_METHODS",
          "DUO_NPU",
          "DUO_TS",
          "DUO_NEEDS_STEWARD",
          "BIRTH_DATE_UNREADABLE",
          "MINOR",
          "WITHDRAWN",
          "DENIED");
  private static final Set<String> EXPLICIT =
      Set.of("GENETIC", "FACE_PHOTO", "PSYCHOTHERAPY_NOTE", "SUD_PART2");
  private static final Set<String> CATEGORIES =
      Set.of("VISIT", "PHOTO", "NOTE", "LAB", "DEMOGRAPHIC", "GENETIC", "FACE_PHOTO");

  private final ConsentRequest request;
  private final Optional<LocalDate> born;
  private final List<Map<String, String>> mine = new ArrayList<>();
  private final List<Map<String, String>> others = new ArrayList<>();
  private final Map<String, Integer> bearers = new HashMap<>();
  private String answer = "";
  private final List<Map<String, String>> passing = new ArrayList<>();

  SlowDecider(
      ConsentRequest request,
      String patient,
      Optional<LocalDate> born,
      List<Map<String, String>> file) {
    this.request = request;
    this.born = born;
    for (Map<String, String> line : file) {
      boolean counts = isReadable(line) || isPlainPermit(line);
      if (counts && !cell(line, "line_id").isEmpty()) {
        bearers.merge(cell(line, "line_id"), 1, Integer::sum);
      }
      (cell(line, "patient_id").equals(patient) ? mine : others).add(line);
    }
    decide();
  }

  /** Empty for a permitted patient, otherwise the reason. */
  String patient() {
    return answer;
  }

  /** Empty for a record that goes out; no date in the list means it lists one that is unknown. */
  String record(String category, List<Optional<LocalDate>> dates, boolean timeless) {
    if (!answer.isEmpty()) {
      return answer;
    }
    boolean anyCategory = false;
    boolean anyDate = false;
    for (Map<String, String> permit : passing) {
      if (!grants(permit, category)) {
        continue;
      }
      anyCategory = true;
      if (!windowCovers(permit, category, dates, timeless)) {
        continue;
      }
      anyDate = true;
      if (denials().stream()
          .filter(denial -> !replaced(denial, permit))
          .noneMatch(denial -> covers(denial, category, dates, timeless))) {
        return "";
      }
    }
    return anyDate ? "DENIED_CATEGORY" : anyCategory ? "RECORD_DATE" : "CATEGORY";
  }

  private void decide() {
    if (mine.stream().anyMatch(line -> !isReadable(line) && !isPlainPermit(line))) {
      answer = "BAD_RESTRICTION_ROW";
      return;
    }
    List<Map<String, String>> permits = permits().filter(this::hasOwnId);
    if (permits.isEmpty()) {
      boolean refused =
          restrictions().stream().anyMatch(line -> denies(line) && begun(line) && !ended(line));
      answer = refused ? "REFUSED" : "NO_CONSENT";
      return;
    }
    String furthest = "";
    for (Map<String, String> permit : permits) {
      String failed = test(permit);
      if (failed.isEmpty()) {
        passing.add(permit);
      } else if (furthest.isEmpty() || ORDER.indexOf(failed) > ORDER.indexOf(furthest)) {
        furthest = failed;
      }
    }
    answer = passing.isEmpty() ? furthest : "";
  }

  private String test(Map<String, String> permit) {
    if (cell(permit, "signed_at").isEmpty()
        || cell(permit, "evidence_sha256").isEmpty()
        || cell(permit, "signer_role").isEmpty()
        || (!cell(permit, "signer_role").equals("PATIENT")
            && cell(permit, "signer_authority").isBlank())) {
      return "EVIDENCE_MISSING";
    }
    if (words(permit, "purposes").stream()
        .noneMatch(word -> word.equals("*") || isAtOrAbove(word, request.purpose()))) {
      return "PURPOSE";
    }
    if (words(permit, "studies").stream()
        .noneMatch(word -> word.equals("*") || word.equals(request.study()))) {
      return "STUDY";
    }
    if (words(permit, "recipients").stream()
        .noneMatch(
            word ->
                word.equals("*")
                    || word.equals(request.recipient().id())
                    || request.recipient().classes().contains(word))) {
      return "RECIPIENT";
    }
    if (cell(permit, "valid_from").isEmpty() || day(permit, "valid_from").isAfter(today())) {
      return "NOT_YET_VALID";
    }
    if (expired(permit)) {
      return "EXPIRED";
    }
    String duo = duo(permit);
    if (!duo.isEmpty()) {
      return duo;
    }
    if (born.filter(day -> !day.isAfter(today())).isEmpty()) {
      return "BIRTH_DATE_UNREADABLE";
    }
    if (!rightSigner(permit)) {
      return "MINOR";
    }
    if (mine.stream().anyMatch(other -> other != permit && withdraws(other, permit))
        || others.stream().anyMatch(other -> namesAsRevoked(other, permit))) {
      return "WITHDRAWN";
    }
    boolean denied =
        denials().stream()
            .anyMatch(
                denial ->
                    cell(denial, "data_from").replace("*", "").isEmpty()
                        && cell(denial, "data_to").replace("*", "").isEmpty()
                        && deniesEveryCategory(denial)
                        && !replaced(denial, permit));
    return denied ? "DENIED" : "";
  }

  private boolean expired(Map<String, String> permit) {
    String event = cell(permit, "expiry_event");
    if (event.equals("END_OF_STUDY") && request.studyState() == StudyState.CLOSED) {
      return true;
    }
    return cell(permit, "valid_to").isEmpty()
        ? event.isEmpty()
        : day(permit, "valid_to").isBefore(today());
  }

  private String duo(Map<String, String> permit) {
    List<String> failed = new ArrayList<>();
    List<String> terms = words(permit, "duo");
    if (terms.contains("POA")) {
      failed.add("DUO_PERMISSION");
    }
    List<String> diseases =
        terms.stream()
            .filter(term -> term.startsWith("DS:"))
            .map(term -> term.substring(3).replace(".", ""))
            .toList();
    if (!diseases.isEmpty()
        && (request.diseases().isEmpty()
            || !request.diseases().stream()
                .allMatch(
                    asked -> diseases.stream().anyMatch(asked.replace(".", "")::startsWith)))) {
      failed.add("DUO_DISEASE");
    }
    if (terms.contains("NMDS") && request.methods() == ConsentRequest.MethodsResearch.YES) {
      failed.add("DUO_METHODS");
    }
    if (terms.contains("NPU") && request.recipient().profit() != ConsentRequest.Profit.NON_PROFIT) {
      failed.add("DUO_NPU");
    }
    for (String term : terms) {
      if (term.startsWith("TS:")
          && earliest(cell(permit, "signed_at"))
              .toLocalDate()
              .plusMonths(Integer.parseInt(term.substring(3)))
              .isBefore(today())) {
        failed.add("DUO_TS");
      }
    }
    if (terms.contains("RS") && request.stewardDecision().isEmpty()) {
      failed.add("DUO_NEEDS_STEWARD");
    }
    return ORDER.stream().filter(failed::contains).findFirst().orElse("");
  }

  private boolean rightSigner(Map<String, String> permit) {
    if (born.isEmpty() || born.get().isAfter(today())) {
      return false;
    }
    String place = cell(permit, "jurisdiction");
    List<Integer> majorities = new ArrayList<>();
    if (!Set.of("AZ", "AL").contains(place)) {
      majorities.add(request.minors().defaultMajority());
      majorities.addAll(request.minors().majority().values());
    } else {
      majorities.add(
          request.minors().majority().getOrDefault(place, request.minors().defaultMajority()));
    }
    String role = cell(permit, "signer_role");
    boolean parent = role.equals("PARENT") || role.equals("GUARDIAN");
    for (int majority : majorities) {
      boolean child = today().isBefore(born.get().plusYears(majority));
      boolean mustAssent = !today().isBefore(born.get().plusYears(request.minors().assentAge()));
      if (child && (!parent || (mustAssent && !cell(permit, "assent").equals("YES")))) {
        return false;
      }
      LocalDate signed = earliest(cell(permit, "signed_at")).toLocalDate();
      boolean asChild = signed.isBefore(born.get().plusYears(majority));
      boolean continues = request.minors().parentalPermit() == ParentalPermit.HIPAA_CONTINUES;
      if (!child && parent && !(continues && asChild)) {
        return false;
      }
      if (!child && role.equals("PATIENT") && signed.isBefore(born.get().plusYears(majority))) {
        return false;
      }
    }
    return true;
  }

  /** Whether one line takes another away, whatever kind of line it is. */
  private boolean withdraws(Map<String, String> by, Map<String, String> permit) {
    if (!isReadable(by) || isDropped(by) || (isPermit(by) && isLater(by)) || !begun(by)) {
      return false;
    }
    String signed = cell(by, "signed_at");
    if (!signed.isEmpty() && latest(signed).isBefore(earliest(cell(permit, "signed_at")))) {
      return false;
    }
    List<String> revokes = words(by, "revokes");
    List<String> supersedes = words(by, "supersedes");
    String id = cell(permit, "line_id");
    if (revokes.contains("*") || revokes.contains(id) || supersedes.contains(id)) {
      return true;
    }
    if (!isPermit(by) && revokes.stream().anyMatch(name -> !isPermitOfMine(name))) {
      return true;
    }
    return cell(by, "decision").equals("WITHDRAW") && revokes.isEmpty() && applies(by);
  }

  /** Another patient's restriction names this permit: its patient id must be wrong. */
  private boolean namesAsRevoked(Map<String, String> by, Map<String, String> permit) {
    boolean ofUnknown = by.containsKey(OF_UNKNOWN);
    return isReadable(by)
        && (ofUnknown || !isPermit(by))
        && !isDropped(by)
        && begun(by)
        && (words(by, "revokes").contains(cell(permit, "line_id"))
            || (ofUnknown && words(by, "supersedes").contains(cell(permit, "line_id"))));
  }

  private boolean isPermitOfMine(String id) {
    return mine.stream().anyMatch(line -> isPermit(line) && cell(line, "line_id").equals(id));
  }

  /** Denials in force which apply to the request. */
  private List<Map<String, String>> denials() {
    return restrictions()
        .filter(line -> denies(line) && begun(line) && !ended(line) && applies(line));
  }

  private static boolean denies(Map<String, String> line) {
    return !cell(line, "decision").equals("WITHDRAW") || cell(line, "status").equals("REJECTED");
  }

  private boolean replaced(Map<String, String> denial, Map<String, String> permit) {
    return words(permit, "supersedes").contains(cell(denial, "line_id"))
        && hasOwnId(denial)
        && !cell(denial, "signed_at").isEmpty()
        && earliest(cell(permit, "signed_at")).isAfter(latest(cell(denial, "signed_at")));
  }

  private boolean applies(Map<String, String> line) {
    List<String> purposes = words(line, "purposes");
    List<String> studies = words(line, "studies");
    List<String> recipients = words(line, "recipients");
    boolean purpose =
        purposes.isEmpty()
            || purposes.stream()
                .anyMatch(
                    word ->
                        word.equals("*")
                            || isAtOrAbove(word, request.purpose())
                            || isAtOrAbove(request.purpose(), word));
    boolean study =
        studies.isEmpty()
            || studies.stream()
                .anyMatch(word -> word.equals("*") || SlowIds.similar(word, request.study()));
    boolean recipient =
        recipients.isEmpty()
            || recipients.stream()
                .anyMatch(
                    word ->
                        word.equals("*")
                            || SlowIds.similar(word, request.recipient().id())
                            || request.recipient().classes().stream()
                                .anyMatch(known -> SlowIds.similar(word, known))
                            || request.recipient().institutions().stream()
                                .anyMatch(known -> SlowIds.similar(word, known))
                            || request.recipient().users().stream()
                                .anyMatch(known -> SlowIds.similar(word, known)));
    return purpose && study && recipient;
  }

  private static boolean grants(Map<String, String> permit, String category) {
    List<String> in = words(permit, "categories_in");
    List<String> ex = words(permit, "categories_ex");
    boolean granted = in.contains(category) || (in.contains("*") && !EXPLICIT.contains(category));
    return granted && !ex.contains("*") && !ex.contains(category);
  }

  private static boolean windowCovers(
      Map<String, String> permit,
      String category,
      List<Optional<LocalDate>> dates,
      boolean timeless) {
    String from = cell(permit, "data_from");
    String to = cell(permit, "data_to");
    if (from.isEmpty() || to.isEmpty()) {
      return false;
    }
    if (timeless && category.equals("DEMOGRAPHIC")) {
      return true;
    }
    boolean unknown = dates.isEmpty() || dates.stream().anyMatch(Optional::isEmpty);
    if (unknown) {
      return from.equals("*") && to.equals("*");
    }
    return dates.stream()
        .map(Optional::get)
        .allMatch(
            date ->
                (from.equals("*") || !date.isBefore(LocalDate.parse(from)))
                    && (to.equals("*") || !date.isAfter(LocalDate.parse(to))));
  }

  private static boolean deniesEveryCategory(Map<String, String> denial) {
    List<String> in = words(denial, "categories_in");
    return in.isEmpty() || in.contains("*") || words(denial, "categories_ex").contains("*");
  }

  private static boolean covers(
      Map<String, String> denial,
      String category,
      List<Optional<LocalDate>> dates,
      boolean timeless) {
    boolean named =
        deniesEveryCategory(denial)
            || words(denial, "categories_in").contains(category)
            || words(denial, "categories_ex").contains(category);
    if (!named) {
      return false;
    }
    if (timeless || dates.isEmpty() || dates.stream().anyMatch(Optional::isEmpty)) {
      return true;
    }
    LocalDate first = dates.stream().map(Optional::get).min(LocalDate::compareTo).orElseThrow();
    LocalDate last = dates.stream().map(Optional::get).max(LocalDate::compareTo).orElseThrow();
    String from = cell(denial, "data_from").replace("*", "");
    String to = cell(denial, "data_to").replace("*", "");
    boolean before = !from.isEmpty() && last.isBefore(LocalDate.parse(from));
    boolean after = !to.isEmpty() && first.isAfter(LocalDate.parse(to));
    return !before && !after;
  }

  private Lines permits() {
    return new Lines(
        mine.stream()
            .filter(
                line -> isReadable(line) && isPermit(line) && !isDropped(line) && !isLater(line))
            .toList());
  }

  private Lines restrictions() {
    return new Lines(
        mine.stream()
            .filter(line -> isReadable(line) && !isPermit(line) && !isDropped(line))
            .toList());
  }

  /** A list that is filtered again. */
  private record Lines(List<Map<String, String>> lines) {

    List<Map<String, String>> filter(Predicate<Map<String, String>> wanted) {
      return lines.stream().filter(wanted).toList();
    }

    java.util.stream.Stream<Map<String, String>> stream() {
      return lines.stream();
    }
  }

  private boolean hasOwnId(Map<String, String> line) {
    return bearers.getOrDefault(cell(line, "line_id"), 0) == 1;
  }

  private boolean begun(Map<String, String> line) {
    return refusedForm(line)
        || cell(line, "valid_from").isEmpty()
        || !day(line, "valid_from").isAfter(today());
  }

  private boolean ended(Map<String, String> line) {
    return !refusedForm(line)
        && !cell(line, "valid_to").isEmpty()
        && day(line, "valid_to").isBefore(today());
  }

  private boolean isLater(Map<String, String> line) {
    return isAfterNow(cell(line, "signed_at")) || isAfterNow(cell(line, "recorded_at"));
  }

  private boolean isAfterNow(String time) {
    return !time.isEmpty() && earliest(time).isAfter(request.now());
  }

  private LocalDate today() {
    return request.now().toLocalDate();
  }

  static boolean isPermit(Map<String, String> line) {
    return cell(line, "decision").equals("PERMIT") && !cell(line, "status").equals("REJECTED");
  }

  private static boolean refusedForm(Map<String, String> line) {
    return cell(line, "decision").equals("PERMIT") && cell(line, "status").equals("REJECTED");
  }

  private static boolean isDropped(Map<String, String> line) {
    return Set.of("DRAFT", "INACTIVE", "ENTERED_IN_ERROR").contains(cell(line, "status"));
  }

  /** Whether a line restricts, or may be one that does. */
  static boolean restricts(Map<String, String> line) {
    return !isPlainPermit(line) && !(isReadable(line) && isDropped(line));
  }

  /** Whether a row which may be unreadable is a permit beyond doubt and takes nothing back. */
  private static boolean isPlainPermit(Map<String, String> line) {
    return cell(line, "decision").equals("PERMIT")
        && cell(line, "revokes").isEmpty()
        && cell(line, "supersedes").isEmpty()
        && Set.of("ACTIVE", "DRAFT", "INACTIVE", "ENTERED_IN_ERROR").contains(cell(line, "status"));
  }

  static boolean isReadable(Map<String, String> line) {
    return Set.of("PERMIT", "DENY", "WITHDRAW").contains(cell(line, "decision"))
        && Set.of("ACTIVE", "DRAFT", "INACTIVE", "ENTERED_IN_ERROR", "REJECTED")
            .contains(cell(line, "status"))
        && isTime(cell(line, "signed_at"))
        && isTime(cell(line, "recorded_at"))
        && isWindow(cell(line, "valid_from"), cell(line, "valid_to"))
        && isWindow(
            cell(line, "data_from").replace("*", ""), cell(line, "data_to").replace("*", ""))
        && Set.of("", "NONE", "END_OF_STUDY").contains(cell(line, "expiry_event"))
        && words(line, "purposes").stream()
            .allMatch(word -> word.equals("*") || PARENT_PURPOSE.containsKey(word))
        && words(line, "categories_in").stream()
            .allMatch(word -> word.equals("*") || CATEGORIES.contains(word))
        && words(line, "categories_ex").stream()
            .allMatch(word -> word.equals("*") || CATEGORIES.contains(word));
  }

  private static boolean isWindow(String from, String to) {
    try {
      boolean fromFits = from.isEmpty() || LocalDate.parse(from) != null;
      boolean toFits = to.isEmpty() || LocalDate.parse(to) != null;
      boolean open = from.isEmpty() || to.isEmpty();
      return fromFits && toFits && (open || !LocalDate.parse(to).isBefore(LocalDate.parse(from)));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isTime(String time) {
    try {
      return time.isEmpty() || earliest(time) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static LocalDateTime earliest(String time) {
    return time.length() == 10 ? LocalDate.parse(time).atStartOfDay() : LocalDateTime.parse(time);
  }

  private static LocalDateTime latest(String time) {
    LocalDateTime earliest = earliest(time);
    return switch (time.length()) {
      case 10 -> earliest.plusDays(1).minusNanos(1000);
      case 16 -> earliest.plusMinutes(1).minusNanos(1000);
      default -> earliest.plusSeconds(1).minusNanos(1000);
    };
  }

  private static boolean isAtOrAbove(String word, String purpose) {
    for (String p = purpose; !p.isEmpty(); p = PARENT_PURPOSE.getOrDefault(p, "")) {
      if (p.equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static LocalDate day(Map<String, String> line, String column) {
    return LocalDate.parse(cell(line, column));
  }

  private static List<String> words(Map<String, String> line, String column) {
    return Arrays.stream(cell(line, column).split("\\|")).filter(w -> !w.isEmpty()).toList();
  }

  private static String cell(Map<String, String> line, String column) {
    return line.getOrDefault(column, "");
  }
}
