package org.consentry.service.notice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that people want to know of when it happens.
 *
 * <p><b>Security promise:</b> it has names of jobs, runs, releases and studies, ids of recipients,
 * exit codes and days; no count, no path, nothing of a patient.
 *
 * @param what kind of event
 * @param about what makes it one of its kind: the same event has the same words at every look
 * @param at when it happened, or when it was found
 * @param facts by name, in the order in which they are shown; none is empty
 * @param next what to do; empty when there is nothing to do
 */
public record Notice(What what, String about, Instant at, Map<String, String> facts, String next) {

  /** A kind of event. */
  public enum What {
    /** A release waits for approval. */
    STAGED("staged", "a release waits for approval"),
    RELEASED("released", "a release was published"),
    FAILED("failed", "a run failed"),
    /** A recall list was written, and the recall is open. */
    RECALL_DUE("recall-due", "a recall is due"),
    /** An agreement, an approval, a key or a time to destroy data ends in some days. */
    ENDS("ends", "something ends soon"),
    /** The file of a job became invalid. */
    INVALID("invalid", "a job file is invalid");

    private final String word;
    private final String words;

    What(String word, String words) {
      this.word = word;
      this.words = words;
    }

    /** The word for programs. */
    public String word() {
      return word;
    }
  }

  public Notice {
    facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Names the event: the same at every look, and of no other event. */
  public String id() {
    return what.word() + "/" + about;
  }

  /** One line for people. */
  String subject() {
    String job = facts.getOrDefault("job", "");
    return "Consentry: " + what.words + (job.isEmpty() ? "" : ": " + job);
  }

  /** Lines for people. */
  String text() {
    StringBuilder text = new StringBuilder(what.words).append("\n\n");
    facts.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append("at: ").append(at).append('\n');
    if (!next.isEmpty()) {
      text.append("\nNext: ").append(next).append('\n');
    }
    return text.toString();
  }

  /** Members for programs. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", id());
    members.put("notice", what.word());
    members.put("at", at.toString());
    members.putAll(facts);
    if (!next.isEmpty()) {
      members.put("next", next);
    }
    return members;
  }
}
