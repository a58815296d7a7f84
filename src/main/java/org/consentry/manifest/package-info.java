/**
 * The statement about a release: manifest, data package, codebook, flow and report, signed and
 * verified.
 *
 * <p>May use {@code data}, {@code keys} and {@code problem}, and Jackson.
 */
@NullMarked
package org.consentry.manifest;

import org.jspecify.annotations.NullMarked;
