/**
 * What must come back: earlier releases held against today's consent, and the lists that tell their
 * recipients which records to remove.
 *
 * <p>May use {@code plan}, {@code pipeline}, {@code custody}, {@code release} and the floors below
 * them.
 */
@NullMarked
package org.consentry.recall;

import org.jspecify.annotations.NullMarked;
