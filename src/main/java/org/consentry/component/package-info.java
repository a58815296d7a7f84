/**
 * The plug: from words in YAML to checked records, strictly, with the exact place and a suggestion
 * for every wrong word; and the JSON Schema of the same records.
 *
 * <p>May use {@code problem}, the YAML parser and Jackson.
 */
@NullMarked
package org.consentry.component;

import org.jspecify.annotations.NullMarked;
