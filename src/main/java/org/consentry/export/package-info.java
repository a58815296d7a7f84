/** One export, from decision to publication. */
@NullMarked
package org.consentry.export;

import org.jspecify.annotations.NullMarked;
