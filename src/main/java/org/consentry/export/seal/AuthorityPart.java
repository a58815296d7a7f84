package org.consentry.export.seal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.config.Job;
import org.consentry.config.Job.Agreement;
import org.consentry.config.Job.Attestation;
import org.consentry.config.JobForm;
import org.consentry.config.JobKind;
import org.consentry.config.Recipient;
import org.consentry.config.Study;
import org.consentry.config.Study.Board;
import org.consentry.consent.Moratorium;
import org.consentry.data.EnumWord;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Handover;
import org.consentry.release.Disclosure;

/** Who asks, who receives, why and under which terms: the words of a job as a manifest has them. */
final class AuthorityPart {

  private final ExportPlan plan;
  private final Job job;
  private final Moratorium moratorium;

  AuthorityPart(ExportPlan plan, Moratorium moratorium) {
    this.plan = plan;
    this.job = plan.job();
    this.moratorium = moratorium;
  }

  /**
   * As a manifest has it.
   *
   * @param approvals how many approvers must sign
   */
  Disclosure.Authority of(int approvals) {
    return new Disclosure.Authority(
        job.kind().word(),
        job.study().id(),
        job.study().title(),
        job.kind() == JobKind.RESEARCH ? study(job.study()) : request(),
        job.recipient().organization(),
        recipient(job.recipient()),
        job.requestedBy(),
        EnumWord.of(job.legalBasis().value()),
        job.target().value(),
        job.agreement().map(AuthorityPart::agreement).orElse(Map.of()),
        job.study().board().map(AuthorityPart::board).orElse(Map.of()),
        job.attestation().map(AuthorityPart::attestation).orElse(Map.of()),
        job.kind() == JobKind.RESEARCH ? termsOfStudy() : termsOfRequest(),
        approvals);
  }

  private Map<String, String> request() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("purpose", job.study().purpose().value());
    facts.putAll(plan.form().statement());
    return facts;
  }

  private static Map<String, String> study(Study study) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("purpose", study.purpose().value());
    facts.put("state", EnumWord.of(study.state()));
    facts.put("methodsResearch", EnumWord.of(study.methodsResearch()));
    if (!study.diseases().isEmpty()) {
      facts.put("diseases", String.join(" ", study.diseases()));
    }
    return facts;
  }

  private static Map<String, String> recipient(Recipient recipient) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("id", recipient.id());
    facts.put("name", recipient.name());
    recipient.address().ifPresent(address -> facts.put("address", address));
    recipient.phone().ifPresent(phone -> facts.put("phone", phone));
    recipient.country().ifPresent(country -> facts.put("country", country));
    recipient.profit().ifPresent(profit -> facts.put("profit", EnumWord.of(profit)));
    recipient.use().ifPresent(use -> facts.put("use", EnumWord.of(use)));
    Handover.key(recipient).ifPresent(key -> facts.put("encryptedTo", key.text()));
    if (Handover.isInternal(recipient)) {
      facts.put(
          Disclosure.INTERNAL, "yes: the release stays in a folder of the clinic's own office");
    }
    return facts;
  }

  private static Map<String, String> agreement(Agreement agreement) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("id", agreement.id());
    facts.put("signedOn", agreement.signedOn().value().toString());
    facts.put("expiresOn", agreement.expiresOn().value().toString());
    facts.put("permittedUses", String.join("; ", agreement.permittedUses()));
    facts.put("permittedUsers", String.join("; ", agreement.permittedUsers()));
    agreement.destroyBy().ifPresent(day -> facts.put("destroyBy", day.value().toString()));
    return facts;
  }

  private static Map<String, String> board(Board board) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("name", board.name());
    facts.put("protocol", board.protocol());
    facts.put("approvedOn", board.approvedOn().value().toString());
    board.expiresOn().ifPresent(day -> facts.put("expiresOn", day.value().toString()));
    board.review().ifPresent(review -> facts.put("review", EnumWord.of(review)));
    return facts;
  }

  private static Map<String, String> attestation(Attestation attestation) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("text", attestation.text());
    facts.put("by", attestation.by());
    facts.put("on", attestation.on().value().toString());
    return facts;
  }

  /** What the law and the job ask of the recipient. */
  private List<String> termsOfStudy() {
    List<String> terms = new ArrayList<>();
    terms.add("Use the data for study " + job.study().id() + " only.");
    terms.add("Do not try to identify or contact any person.");
    terms.add("Do not pass the data on.");
    terms.add("When a recall list arrives, remove the listed codes and confirm it.");
    job.agreement()
        .flatMap(Agreement::destroyBy)
        .ifPresent(day -> terms.add("Destroy the data by " + day.value() + "."));
    if (moratorium.subjects() > 0) {
      terms.add(
          moratorium
                  .until()
                  .map(day -> "Publish nothing made from the data up to " + day + ".")
                  .orElse("Publish nothing made from the data before the clinic names a day.")
              + " A consent asks for it (DUO MOR).");
    }
    return terms;
  }

  /** What the law allows: the purpose of the request, and nothing beside it. */
  private List<String> termsOfRequest() {
    List<String> terms = new ArrayList<>();
    switch (job.kind()) {
      case INSURER_RESPONSE -> {
        terms.add("Use the records to decide on request " + job.study().id() + " only.");
        terms.add(
            "Do not disclose them to anyone else; the patients consented to a disclosure to you"
                + " for this purpose.");
      }
      case LEGAL_PROCESS -> {
        terms.add("Use the records for the process that the document names only (45 CFR 164.512).");
        terms.add("Do not disclose them beyond what that process requires.");
        if (plan.form().afterUse() == JobForm.Return.RETURN_OR_DESTROY) {
          terms.add(
              "Return the records to the clinic or destroy them, copies included, when the"
                  + " proceeding ends (45 CFR 164.512(e)(1)(v)(B)).");
        }
      }
      case MAILING, RECONTACT ->
          terms.add("Use the list for what it was made for only, and do not pass it on.");
      case RESEARCH -> throw new IllegalStateException("terms of a study are others");
    }
    return terms;
  }
}
