/** Consent lines in, decisions with reasons out. Deciding reads no clock and no file. */
@NullMarked
package org.consentry.consent;

import org.jspecify.annotations.NullMarked;
