package org.consentry.release;

import java.time.Instant;

/**
 * Who approved a release, and when.
 *
 * @param approver the name the clinic pins the key under
 * @param key fingerprint of the key that signed the manifest, as {@code ssh-keygen -l} prints it
 * @param at when the clinic recorded the approval
 */
public record Approved(String approver, String key, Instant at) {}
