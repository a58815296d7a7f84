/** What follows a release: accounting of disclosures, and recall after a withdrawal. */
@NullMarked
package org.consentry.followup;

import org.jspecify.annotations.NullMarked;
