/**
 * Staging, the one door out, and the ledger of disclosures.
 *
 * <p>May use {@code manifest}, {@code keys} and {@code problem}, and Jackson.
 */
@NullMarked
package org.consentry.release;

import org.jspecify.annotations.NullMarked;
