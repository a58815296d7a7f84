/**
 * To whom a patient's records went, as the law asks it to be told (45 CFR 164.528).
 *
 * <p>May use {@code release}, {@code manifest}, {@code keys}, {@code data} and {@code problem}.
 */
@NullMarked
package org.consentry.accounting;

import org.jspecify.annotations.NullMarked;
