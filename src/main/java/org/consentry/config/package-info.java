/**
 * What people write, read strictly: jobs and mappings bound to records, with file, line and column
 * of each problem.
 */
@NullMarked
package org.consentry.config;

import org.jspecify.annotations.NullMarked;
