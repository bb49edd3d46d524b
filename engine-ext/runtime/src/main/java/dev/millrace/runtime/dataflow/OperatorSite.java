// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import dev.millrace.spi.connector.SourceContext;
import java.time.Clock;

/**
 * Where an operator is made.
 *
 * @param tables for operators that read a table by themselves, as a lookup join does
 * @param clock for CURRENT_TIMESTAMP and its kin
 */
public record OperatorSite(SourceContext tables, Clock clock) {}
