package org.consentry.export.seal;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.JobKind;
import org.consentry.data.Sha256;
import org.consentry.export.RunContext;
import org.consentry.export.decide.AskedRecords;
import org.consentry.export.decide.Decisions;
import org.consentry.export.decide.RecordSpans;
import org.consentry.ledger.KeyedPeople;
import org.consentry.ledger.ReceiptBook;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PeopleAsked;
import org.consentry.release.Receipt;

/** The receipt for a researcher whose codes a list was made of. */
final class ReceiptBuilder {

  private final ExportPlan plan;
  private final Decisions decided;
  private final Map<String, TableSubjects> released;

  /**
   * A receipt of a plan of kind recontact.
   *
   * @param released whose rows of each table are released; the list is the table of persons
   */
  ReceiptBuilder(ExportPlan plan, Decisions decided, Map<String, TableSubjects> released) {
    this.plan = plan;
    this.decided = decided;
    this.released = released;
  }

  /**
   * What the receipt states beside earlier ones; empty for a job without a receipt.
   *
   * @param people all subjects, as the ledger identifies them
   */
  Optional<ReceiptBook> book(RunContext context, KeyedPeople people, LocalDate day) {
    return plan.job().kind() == JobKind.RECONTACT
        ? context
            .releaseStudy(plan)
            .map(
                study ->
                    ReceiptBook.of(
                        context.memberships(),
                        plan.legalBasis(),
                        asked(study),
                        people,
                        new ReceiptBook.Count(contacted(), day)))
        : Optional.empty();
  }

  /** One line names one person; several may name the same, if it is known here. */
  private ReceiptBook.Asked asked(String study) {
    BitSet known = new BitSet();
    int unknown = 0;
    for (int subject : decided.asked().map(AskedRecords::subjects).orElse(List.of())) {
      if (subject >= 0) {
        known.set(subject);
      } else {
        unknown++;
      }
    }
    return new ReceiptBook.Asked(study, known, known.cardinality() + unknown);
  }

  private int contacted() {
    BitSet listed = new BitSet();
    for (TableSubjects table : released.values()) {
      RecordSpans spans = table.spans();
      for (int subject = 0; subject < decided.index().size(); subject++) {
        if (spans.contains(subject)) {
          listed.set(subject);
        }
      }
    }
    return listed.cardinality();
  }

  /** The receipt with a statement of the book. */
  Receipt receipt(ReceiptBook.Statement stated) {
    Map<String, String> request = plan.form().statement();
    PeopleAsked asked = plan.decide().people().orElseThrow();
    return new Receipt(
        plan.studyId(),
        request.getOrDefault("release", ""),
        request.getOrDefault("reason", ""),
        plan.job().recipient().organization(),
        new Receipt.Codes(
            asked.asks().size(),
            plan.digests()
                .getOrDefault(ExportPlan.ofRequest(asked.file()), "")
                .replace(Sha256.PREFIX, "")),
        stated.people(),
        stated.countedOn());
  }
}
