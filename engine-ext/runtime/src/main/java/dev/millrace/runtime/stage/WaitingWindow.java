// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Why the next window of an operator has not fired: the watermark has not come so far.
 *
 * @param operator as EXPLAIN shows it
 * @param firesAtMicros the watermark it waits for
 * @param watermarkMicros that has reached it; empty before the first
 * @param heldBackBy the source whose watermark is the lowest of those it waits for; empty if all
 *     are idle
 * @param heldBackByPart of that source, the part that event time waits for; empty if it has none
 */
public record WaitingWindow(
    String operator,
    long firesAtMicros,
    OptionalLong watermarkMicros,
    Optional<String> heldBackBy,
    Optional<String> heldBackByPart) {}
