// SPDX-License-Identifier: Apache-2.0
/**
 * Effects on foreign systems that happen once the engine's transaction has committed.
 *
 * <pre>
 *   TransactionalSink ─ append ─→ Outbox ─ in the engine's transaction ─→ table of intents
 *                                                   after the commit, one node a target, in order
 *                                 Publisher ←─ send ────────┘
 * </pre>
 *
 * A sink tells the {@link dev.millrace.spi.outbox.Outbox} of its transaction what shall be sent and
 * where. A {@link dev.millrace.spi.outbox.Publisher} of its connector sends it.
 */
package dev.millrace.spi.outbox;
