/**
 * What follows a run: its state and what comes next, accounting of disclosures, the register, and
 * recall after a withdrawal.
 */
@NullMarked
package org.consentry.followup;

import org.jspecify.annotations.NullMarked;
