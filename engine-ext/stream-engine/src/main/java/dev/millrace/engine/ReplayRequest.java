// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

/**
 * A dead letter that shall be processed again by the running pipeline it is of.
 *
 * @param id by which its host knows it
 * @param letter as it was put aside
 * @param replay what is processed in its place
 */
public record ReplayRequest(long id, DeadLetter letter, Replay replay) {}
