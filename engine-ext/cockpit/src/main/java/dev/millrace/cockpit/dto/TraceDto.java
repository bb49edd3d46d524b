// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.store.Lineage;
import java.time.Instant;

/**
 * An input that started or advanced a process instance.
 *
 * @param positionFrom where the source stood before; empty at its beginning
 * @param positionTo where it stood after
 */
public record TraceDto(
    String processInstanceId,
    String kind,
    String pipeline,
    String table,
    String positionFrom,
    String positionTo,
    Instant at) {

  public static TraceDto of(Lineage.Trace trace) {
    return new TraceDto(
        trace.processInstanceId(),
        trace.kind().name(),
        trace.input().pipeline(),
        trace.input().table(),
        trace.input().from(),
        trace.input().to(),
        trace.at());
  }
}
