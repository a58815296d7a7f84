/**
 * Consent lines in, decisions with reasons out.
 *
 * <p>May use {@code data}, {@code component} and {@code problem}. The deciding part is pure.
 */
@NullMarked
package org.consentry.consent;

import org.jspecify.annotations.NullMarked;
