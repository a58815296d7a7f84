package org.consentry.followup;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.Register.Recall;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerFact;
import org.consentry.problem.CountWords;
import org.consentry.release.CsvText;
import org.consentry.release.StatedAuthority;
import org.consentry.release.StatedAuthority.Ending;

/** The register as people read it: as a table, and what is to be done about a disclosure. */
public final class RegisterTable {

  private static final String UNKNOWN = "not known: the manifest is missing";

  private static final LedgerFact RECIPIENT = LedgerFact.RECIPIENT;

  private static final List<String> COLUMNS =
      List.of(
          "release",
          "day",
          "kind",
          "recipient",
          "recipient_name",
          "organization",
          "study",
          "title",
          "purpose",
          "legal_basis",
          "people",
          "agreement",
          "agreement_ends",
          "board_ends",
          "destroy_by",
          "requested_by",
          "approved_by",
          "published_by",
          "handed_over",
          "received",
          "destroyed",
          "replaced_by",
          "to_do");

  private RegisterTable() {}

  /** The register as CSV by RFC 4180, a column for each fact. */
  public static byte[] csv(Register register, LocalDate today) {
    return CsvText.of(
        COLUMNS, register.disclosures().stream().map(one -> facts(one, today)).toList());
  }

  /** The facts of one disclosure by the names of the columns of {@link #csv}. */
  public static Map<String, String> object(Disclosed one, LocalDate today) {
    List<String> facts = facts(one, today);
    Map<String, String> object = new LinkedHashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      object.put(COLUMNS.get(i), facts.get(i));
    }
    return object;
  }

  private static List<String> facts(Disclosed one, LocalDate today) {
    Stated stated = new Stated(one);
    return List.of(
        one.name(),
        one.day().toString(),
        one.kind(),
        one.fact(RECIPIENT),
        stated.recipient(),
        stated.organization(),
        one.entry().study(),
        stated.title(),
        one.fact(LedgerFact.PURPOSE),
        one.basis(),
        stated.people(),
        stated.agreement(),
        stated.end(Ending.AGREEMENT),
        stated.end(Ending.BOARD),
        stated.end(Ending.DESTRUCTION),
        one.fact(LedgerFact.REQUESTED_BY),
        String.join(", ", one.approvers()),
        one.fact(LedgerFact.PUBLISHED_BY),
        day(one, Kind.PACKAGED),
        day(one, Kind.RECEIVED),
        day(one, Kind.DESTROYED),
        one.replacedBy().orElse(""),
        String.join("; ", toDo(one, today)));
  }

  private static String day(Disclosed one, Kind kind) {
    LocalDate day = one.handOver().get(kind);
    return day == null ? "" : day.toString();
  }

  /** What the manifest states, in words; a cell that cannot be known states that. */
  private record Stated(Disclosed one) {

    String recipient() {
      return one.authority().map(StatedAuthority::recipient).orElse(UNKNOWN);
    }

    String organization() {
      return one.authority().map(StatedAuthority::organization).orElse(UNKNOWN);
    }

    String title() {
      return one.authority().map(StatedAuthority::title).orElse(UNKNOWN);
    }

    String agreement() {
      return one.authority().map(StatedAuthority::agreement).orElse(UNKNOWN);
    }

    String people() {
      return one.authority()
          .flatMap(stated -> stated.people().stream().boxed().findFirst())
          .map(Object::toString)
          .orElse(UNKNOWN);
    }

    String end(Ending what) {
      LocalDate day = one.ends().get(what);
      return one.authority().isEmpty() ? UNKNOWN : day == null ? "" : day.toString();
    }
  }

  /** One line for a terminal. */
  public static String line(Disclosed one) {
    Stated stated = new Stated(one);
    String ends =
        one.ends().entrySet().stream()
            .map(end -> end.getKey().words() + " " + end.getValue())
            .collect(Collectors.joining(", "));
    return one.day()
        + "  "
        + one.name()
        + " to "
        + stated.organization()
        + " ("
        + one.fact(LedgerFact.RECIPIENT)
        + "), "
        + (isOfStudy(one) ? "study " : "request ")
        + one.entry().study()
        + ", "
        + one.basis()
        + ", "
        + one.authority()
            .flatMap(known -> known.people().stream().boxed().findFirst())
            .map(people -> CountWords.of(people, "person", "people"))
            .orElse("people " + UNKNOWN)
        + (ends.isEmpty() ? "" : ", " + ends);
  }

  private static boolean isOfStudy(Disclosed one) {
    return AccountingBasis.of(one.fact(LedgerFact.LEGAL_BASIS)).isResearch();
  }

  /** What is to be done about a disclosure; empty when nothing is. */
  public static List<String> toDo(Disclosed one, LocalDate today) {
    List<String> todo = new ArrayList<>();
    if (one.recall() == Recall.OPEN) {
      todo.add("a recall is open");
    }
    if (one.isOverdue(today)) {
      todo.add(
          "overdue: was to be destroyed by "
              + one.ends().get(Ending.DESTRUCTION)
              + ", which is not confirmed");
    }
    Map<Ending, LocalDate> ends = one.ends();
    LocalDate agreement = ends.get(Ending.AGREEMENT);
    if (!one.isDestroyed() && agreement != null && agreement.isBefore(today)) {
      todo.add("the agreement ended on " + agreement);
    }
    if (one.authority().isEmpty()) {
      todo.add("the manifest is missing or changed: consentry ledger verify --full");
    }
    return todo;
  }
}
