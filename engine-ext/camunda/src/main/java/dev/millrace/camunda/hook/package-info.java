// SPDX-License-Identifier: Apache-2.0
/**
 * Webhooks: what is posted to {@code /millrace/hook/<name>} is durable before it is acknowledged,
 * and read by scripts as {@code 'connector' = 'webhook'}.
 *
 * <pre>
 *   servlet ─ HookRequest ─→ HookReceiver ─ HookAccess ─→ store.HookBodies      one transaction
 *                                                             ↓
 *                            ReceivedHooks (spi.Hooks) ─→ webhook source        the pipeline's commit
 * </pre>
 *
 * {@link dev.millrace.camunda.hook.HookReceiver} knows no servlet: whoever has HTTP can mount it.
 */
package dev.millrace.camunda.hook;
