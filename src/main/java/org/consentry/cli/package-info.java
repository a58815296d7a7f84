/** Commands, their output and exit codes, and the main class of the program. */
@NullMarked
package org.consentry.cli;

import org.jspecify.annotations.NullMarked;
