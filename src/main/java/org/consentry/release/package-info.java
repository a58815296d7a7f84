/**
 * The release folder: manifest, data package, codebook and texts; sealed, approved, verified and
 * published.
 */
@NullMarked
package org.consentry.release;

import org.jspecify.annotations.NullMarked;
