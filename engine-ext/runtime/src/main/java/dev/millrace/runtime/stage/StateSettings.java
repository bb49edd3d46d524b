// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.Optional;

/**
 * How a run keeps state beyond its end.
 *
 * @param recovery what to begin with; empty for a new start
 * @param maxBytes of a snapshot
 */
public record StateSettings(Optional<Recovery> recovery, long maxBytes) {}
