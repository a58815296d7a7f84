package org.consentry.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.NotWritten;
import org.consentry.data.EnumWord;

/**
 * What a disclosure is for. Each kind is a form of its own with exactly the words it needs; none
 * can make a release of another kind. A new kind is a constant here and a record.
 */
public enum JobKind {
  /** Records for a study. */
  RESEARCH(Job.class),
  /** The answer to an insurer's request, for patients whose consent names the insurer. */
  @NotWritten
  INSURER_RESPONSE(InsurerResponse.class),
  /** Records that a court, a statute or the police demands (45 CFR 164.512(a), (e) and (f)). */
  @NotWritten
  LEGAL_PROCESS(LegalProcess.class),
  /** The clinic's own list for a mailing about its services (45 CFR 164.508(a)(3)). */
  @NotWritten
  MAILING(Mailing.class),
  /** The clinic's own list to contact people of a release for a researcher. */
  @NotWritten
  RECONTACT(Recontact.class);

  /** The key of a job file that names its kind. */
  static final String KEY = "kind";

  private final Class<? extends Record> form;

  JobKind(Class<? extends Record> form) {
    this.form = form;
  }

  /** The record that a job file of this kind is bound to, which is a {@link JobForm}. */
  Class<? extends Record> form() {
    return form;
  }

  /** The kind of a word, such as {@code insurer-response}. */
  static Optional<JobKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** The words of all kinds, in their order. */
  static List<String> words() {
    return Arrays.stream(values()).map(JobKind::word).toList();
  }

  /** The word in job files, such as {@code insurer-response}. */
  public String word() {
    return EnumWord.of(this);
  }

  /** Whether patients are asked: no consent is asked where the law or a court demands records. */
  public boolean asksConsent() {
    return this != LEGAL_PROCESS;
  }

  /** Whether the release is a list by which the clinic contacts people. */
  public boolean isContactList() {
    return this == MAILING || this == RECONTACT;
  }

  /** What people call what is asked for: a study, or the request or document of another kind. */
  public String asked() {
    return this == RESEARCH ? "study" : "request";
  }

  /**
   * Whether who asks is answered even if no person may be released: no answer would show that none
   * may.
   */
  public boolean isAnswered() {
    return this == INSURER_RESPONSE || this == RECONTACT;
  }

  /** How many people must approve at least, whatever the job asks. */
  public int approvals() {
    return this == LEGAL_PROCESS || this == RECONTACT ? 2 : 0;
  }
}
