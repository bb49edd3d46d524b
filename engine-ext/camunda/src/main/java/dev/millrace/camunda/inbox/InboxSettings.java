// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import java.time.Duration;

/**
 * Bounds of the inbox.
 *
 * @param limit messages that wait for a subscriber or an operator; more fail the commit that brings
 *     them
 * @param sweep how often a node looks for messages whose time has passed, and for those of which
 *     nobody told it
 * @param keep how long delivered and expired messages are kept
 */
public record InboxSettings(long limit, Duration sweep, Duration keep) {}
