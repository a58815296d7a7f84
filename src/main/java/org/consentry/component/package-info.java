/**
 * The plug: from a spec in YAML to a configured part, with strict binding and a suggestion for
 * every wrong word.
 *
 * <p>May use {@code problem}, and Jackson.
 */
@NullMarked
package org.consentry.component;

import org.jspecify.annotations.NullMarked;
