/** Decides consent, cohort, codes and shifts for every subject. */
@NullMarked
package org.consentry.export.decide;

import org.jspecify.annotations.NullMarked;
