/**
 * What the clinic stores: the record of disclosures, who is in each release, run records, the state
 * folder and its lock.
 */
@NullMarked
package org.consentry.ledger;

import org.jspecify.annotations.NullMarked;
