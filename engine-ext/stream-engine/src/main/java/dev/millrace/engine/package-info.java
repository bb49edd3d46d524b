// SPDX-License-Identifier: Apache-2.0
/**
 * The facade: Flink SQL in, effects out, without a process engine. Read first: {@link
 * dev.millrace.engine.StreamEngine}.
 */
package dev.millrace.engine;
