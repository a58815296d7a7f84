/** Searches a finished release for identifiers of the source, and knows no mapping. */
@NullMarked
package org.consentry.export.scan;

import org.jspecify.annotations.NullMarked;
