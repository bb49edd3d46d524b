// SPDX-License-Identifier: Apache-2.0
/**
 * Windows over event time. Hot code.
 *
 * <pre>
 *   row ─ WindowClock ─→ time of the windows ─ WindowShape ─→ slice ─→ its GroupTable (Slices)
 *   watermark ─→ windows that are over: their slices merged, emitted, forgotten
 * </pre>
 *
 * A slice is the longest stretch of time no window of the shape begins or ends in: a row is added
 * once, to its slice, and windows share slices. As Flink's {@code SliceAssigners}.
 */
package dev.millrace.runtime.operator.window;
