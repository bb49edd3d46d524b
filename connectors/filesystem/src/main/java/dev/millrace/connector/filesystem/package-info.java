// SPDX-License-Identifier: Apache-2.0
/**
 * {@code 'connector' = 'filesystem'}: files and folders in any format.
 *
 * <p>As a source: one file, or all files of a folder and its folders in the order of their paths,
 * but those whose name starts with {@code .} or {@code _}; {@code .gz} is unpacked. Bounded; each
 * row once per run.
 *
 * <p>As a sink: one new file per run in a folder. It is written under a hidden name and renamed
 * when the run has succeeded, so nobody ever sees a part of it, and a run that fails leaves
 * nothing. Its effect class is FINAL: once visible a file may have been read, and is not taken
 * back.
 *
 * <p>Which paths a script may name is decided by {@link dev.millrace.spi.connector.FileRoots}.
 */
package dev.millrace.connector.filesystem;
