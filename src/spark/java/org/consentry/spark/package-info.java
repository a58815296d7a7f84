/** The splits of a run as tasks of Apache Spark: the only room that knows Spark. */
@NullMarked
package org.consentry.spark;

import org.jspecify.annotations.NullMarked;
