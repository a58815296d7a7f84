/**
 * Key references, key derivation, codes and date shifts, the code vault and SSH signatures; a
 * secret never prints.
 */
@NullMarked
package org.consentry.keys;

import org.jspecify.annotations.NullMarked;
