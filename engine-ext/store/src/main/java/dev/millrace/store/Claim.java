// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/**
 * A node's hold on a run, a rollback or a pipeline.
 *
 * @param epoch grows with each claim: who holds an older one has lost it, and its commit is refused
 */
public record Claim(String id, long epoch) {}
