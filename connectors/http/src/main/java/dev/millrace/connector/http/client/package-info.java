// SPDX-License-Identifier: Apache-2.0
/**
 * Requests to hosts that are configured, and to no others.
 *
 * <pre>
 *   HttpEndpoint                     origin, path, headers, credentials: configuration
 *   PathTemplate ─── Target          what a script adds to it: a path that cannot leave it
 *   HttpCaller ───── AddressGuard    one exchange, within limits, with an address that was checked
 *   Backoff                          when a failed exchange is tried again
 * </pre>
 *
 * No redirect is followed, no proxy, cookie or challenge is answered. Neither headers nor queries
 * are part of a message or log line of ours.
 */
package dev.millrace.connector.http.client;
