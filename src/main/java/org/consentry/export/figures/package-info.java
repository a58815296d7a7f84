/** What the released rows look like, counted by people while part files are written. */
@NullMarked
package org.consentry.export.figures;

import org.jspecify.annotations.NullMarked;
