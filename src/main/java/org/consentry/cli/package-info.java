/**
 * Commands, progress, exit codes and wiring: the program's main.
 *
 * <p>May use every room, Spring and Jackson.
 */
@NullMarked
package org.consentry.cli;

import org.jspecify.annotations.NullMarked;
