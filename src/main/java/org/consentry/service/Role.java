package org.consentry.service;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person who is signed in may do. A person may have several roles. */
public enum Role {
  /** Runs jobs, and stops, resumes, publishes and abandons their runs. */
  STEWARD,
  /** Gives approvals, each by a signature. */
  APPROVER,
  /** Answers questions about patients, besides what a viewer may do. */
  COMPLIANCE,
  /** Reads pages without patients. */
  VIEWER;

  /** The word of the settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word. */
  static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findAny();
  }

  /** All words of the settings. */
  static List<String> words() {
    return Arrays.stream(values()).map(Role::word).toList();
  }
}
