/**
 * Decision tables that label services as cosmetic or reconstructive, and the checks of such tables.
 */
@NullMarked
package org.consentry.operator.rules;

import org.jspecify.annotations.NullMarked;
