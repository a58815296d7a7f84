/**
 * Key references, the key ring, keyed pseudorandom functions, the code vault and signatures; a
 * secret never prints.
 *
 * <p>May use {@code data} and {@code problem}.
 */
@NullMarked
package org.consentry.keys;

import org.jspecify.annotations.NullMarked;
