// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

/** What a replay read and wrote. */
public record ReplayedDto(long rowsIn, long rowsOut) {}
