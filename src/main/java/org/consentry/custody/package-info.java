/**
 * The order of custody as plain calls: decide, extract, seal, publish. An engine such as {@code
 * batch} makes the calls; what they mean is here.
 *
 * <p>May use {@code plan}, {@code pipeline}, {@code manifest}, {@code release} and the floors below
 * them.
 */
@NullMarked
package org.consentry.custody;

import org.jspecify.annotations.NullMarked;
