// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.util.Optional;

/**
 * What has become of a {@link ReplayRequest}, to be recorded in the transaction of the commit that
 * holds what came of it.
 *
 * @param late rows that came too late for all their windows, and were dropped
 * @param error why it stays a dead letter: nothing came of it then; empty if it is processed
 */
public record ReplayOutcome(long id, long late, Optional<String> error) {}
