// SPDX-License-Identifier: Apache-2.0
/**
 * {@code 'connector' = 'http'}: resources of a host, read again and again, asked by key, or written
 * to; {@code 'connector' = 'webhook'}: what is posted to this one.
 *
 * <pre>
 *   HttpFactory ── HttpSource ─┬─ HttpPoller ── Page     asks at an interval, goes on where it was
 *                              └─ HttpLookup             asks for rows by key, with a cache
 *               ── HttpSink ───┬─ DirectWriter           sends as rows come: the command line
 *                              └─ OutboxWriter           commits the intent; HttpPublisher sends it
 *   HttpUndoer                                           commits the intent to send the inverse
 *   WebhookFactory ── WebhookSource ── WebhookRows         reads spi.Hooks, body by body
 * </pre>
 *
 * All requests go through {@link dev.millrace.connector.http.client.HttpCaller}: hosts are
 * configured, redirects not followed, private addresses refused. {@link
 * dev.millrace.connector.http.Body} turns what comes back into rows by the table's format.
 */
package dev.millrace.connector.http;
