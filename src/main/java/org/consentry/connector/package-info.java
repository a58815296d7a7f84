/** Reads and writes the outside world, by format: splits and batches in, part files out. */
@NullMarked
package org.consentry.connector;

import org.jspecify.annotations.NullMarked;
