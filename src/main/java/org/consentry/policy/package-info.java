/**
 * What a legal target requires of a mapping and a job, decided from the effects of operators:
 * findings with place, rule, severity and remedy, before the first row is read.
 */
@NullMarked
package org.consentry.policy;

import org.jspecify.annotations.NullMarked;
