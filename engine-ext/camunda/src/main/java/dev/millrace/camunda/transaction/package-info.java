// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's transaction, shared: its connection for rows of ours, and word of its commit.
 *
 * <p>In a standalone engine MyBatis commits or rolls back only if the engine itself wrote
 * something; {@link dev.millrace.camunda.transaction.EngineTransaction} makes it do so for our rows
 * too.
 */
package dev.millrace.camunda.transaction;
