/**
 * The order of released rows: spills them by range of their content, sorts each range and cuts the
 * sorted rows into parts.
 */
@NullMarked
package org.consentry.pipeline.sort;

import org.jspecify.annotations.NullMarked;
