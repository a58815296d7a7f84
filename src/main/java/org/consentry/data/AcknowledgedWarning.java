package org.consentry.data;

import java.time.LocalDate;

/**
 * A warning of the policy check that a person answered.
 *
 * @param code stable word of the warning
 * @param warning what was found, in words
 * @param citation paragraph of the rule
 * @param reason why it is accepted
 * @param until the last day on which the answer is valid
 */
public record AcknowledgedWarning(
    String code, String warning, String citation, String reason, LocalDate until) {}
