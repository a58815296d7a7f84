/**
 * Small honest replacements for tests: databases in memory, tables without files, consent as a
 * table of answers.
 *
 * <p>May use whatever the tests use.
 */
@NullMarked
package org.consentry.testing;

import org.jspecify.annotations.NullMarked;
