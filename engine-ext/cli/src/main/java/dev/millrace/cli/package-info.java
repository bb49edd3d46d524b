// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code millrace}: {@code run}, {@code explain} and {@code validate} a script without
 * a process engine, with the rights of the user who starts it.
 *
 * <p>Standard output carries what {@code print} writes, or the explained plan, and nothing else;
 * all else goes to standard error. The exit status is 0 for success, 1 for failure, 2 for wrong
 * use. Read first: {@link dev.millrace.cli.Millrace}.
 */
package dev.millrace.cli;
