/** Checks of a mapping that concern more than one of its keys. */
@NullMarked
package org.consentry.config.mapping;

import org.jspecify.annotations.NullMarked;
