// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import java.time.Clock;
import java.time.ZoneId;

/**
 * What generated code may ask of its surroundings; handed to its constructor.
 *
 * @param clock for CURRENT_TIMESTAMP and its kin
 * @param zone the session's time zone
 */
public record KernelContext(Clock clock, ZoneId zone) {}
