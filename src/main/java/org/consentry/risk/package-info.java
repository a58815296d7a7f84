/**
 * How many subjects share what an adversary may know of them: sizes of groups, re-identification
 * risk, privacy models, and the search for levels of generalization. Pure arithmetic.
 */
@NullMarked
package org.consentry.risk;

import org.jspecify.annotations.NullMarked;
