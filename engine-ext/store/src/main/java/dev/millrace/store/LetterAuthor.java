// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.util.Optional;

/**
 * Whose dead letter it is: a run's or a pipeline's.
 *
 * @param runId empty for a pipeline's
 * @param pipeline empty for a run's
 */
public record LetterAuthor(Optional<String> runId, Optional<String> pipeline) {}
