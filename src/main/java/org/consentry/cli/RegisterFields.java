package org.consentry.cli;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.consentry.followup.Register.Disclosed;
import org.consentry.followup.RegisterTable;
import org.consentry.ledger.LedgerEntry.Kind;
import org.consentry.ledger.LedgerFact;
import org.consentry.release.StatedAuthority;
import org.consentry.release.StatedAuthority.Ending;

/** A release of the register as programs see it. */
final class RegisterFields {

  private RegisterFields() {}

  /** A release for programs; what is not known is an empty {@link Optional}. */
  static Map<String, ?> of(Disclosed one, LocalDate today) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("release", one.name());
    fields.put("day", one.day().toString());
    fields.put("kind", one.kind());
    fields.put("recipient", one.fact(LedgerFact.RECIPIENT));
    fields.put("study", one.entry().study());
    fields.put("purpose", one.fact(LedgerFact.PURPOSE));
    fields.put("legalBasis", one.basis());
    fields.put("requestedBy", one.fact(LedgerFact.REQUESTED_BY));
    fields.put("approvedBy", one.approvers());
    fields.put("publishedBy", one.fact(LedgerFact.PUBLISHED_BY));
    fields.put("packaged", day(one.handOver(), Kind.PACKAGED));
    fields.put("received", day(one.handOver(), Kind.RECEIVED));
    fields.put("destroyed", day(one.handOver(), Kind.DESTROYED));
    fields.put("replacedBy", one.replacedBy());
    fields.put("toDo", RegisterTable.toDo(one, today));
    fields.put("agreementEnds", day(one.ends(), Ending.AGREEMENT));
    fields.put("boardEnds", day(one.ends(), Ending.BOARD));
    fields.put("destroyBy", day(one.ends(), Ending.DESTRUCTION));
    one.authority().ifPresent(stated -> put(fields, stated));
    return fields;
  }

  private static void put(Map<String, Object> fields, StatedAuthority stated) {
    OptionalLong people = stated.people();
    fields.put("recipientName", stated.recipient());
    fields.put("organization", stated.organization());
    fields.put("title", stated.title());
    fields.put("agreement", stated.agreement());
    if (people.isPresent()) {
      fields.put("subjects", people.getAsLong());
    }
  }

  private static <K> Optional<String> day(Map<K, LocalDate> days, K of) {
    return Optional.ofNullable(days.get(of)).map(LocalDate::toString);
  }
}
