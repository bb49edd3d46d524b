// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.EffectDto;
import dev.millrace.cockpit.dto.TraceDto;
import dev.millrace.store.JournaledEffect;
import dev.millrace.store.Lineage;
import dev.millrace.store.Undo;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From an input to the instances it started or advanced, and from a row to who wrote it. */
@Produces(MediaType.APPLICATION_JSON)
public final class LineageResource {
  private final Addressed addressed;

  LineageResource(Addressed addressed) {
    this.addressed = addressed;
  }

  /**
   * What a pipeline's input did, oldest first.
   *
   * @param table the source table; all if it is left out
   * @param position text of the source's own; all if it is left out
   */
  @GET
  @Path("/input")
  public List<TraceDto> input(
      @QueryParam("pipeline") String pipeline,
      @QueryParam("table") String table,
      @QueryParam("position") String position,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    if (pipeline == null) {
      throw CockpitErrors.badRequest("give 'pipeline', and 'table' and 'position' as you like");
    }
    addressed
        .access()
        .checkRead(
            StoreCalls.read(() -> addressed.millrace().pipelines().find(pipeline))
                .orElseThrow(() -> CockpitErrors.notFound("pipeline", pipeline)));
    Lineage lineage = addressed.millrace().store().lineage();
    return Page.of(firstResult, maxResults)
        .read(
            (first, max) -> lineage.ofPipeline(pipeline, table, position, first, max),
            trace -> mayRead(trace.processInstanceId()))
        .stream()
        .map(TraceDto::of)
        .toList();
  }

  /**
   * Who wrote a row, newest first.
   *
   * @param table as in the journal: {@code PUBLIC.STOCK}
   * @param key columns with values, {@code SKU=apple}; all rows if it is left out
   */
  @GET
  @Path("/row")
  public List<EffectDto> row(
      @QueryParam("table") String table,
      @QueryParam("key") List<String> key,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    if (table == null) {
      throw CockpitErrors.badRequest("give 'table', and 'key' such as SKU=apple");
    }
    Map<String, String> columns = columns(key);
    Undo journal = addressed.millrace().journal();
    return Page.of(firstResult, maxResults)
        .read(
            (first, max) -> journal.effectsOn(table, first, max),
            effect -> hasKey(effect, columns) && mayReadRun(effect.runId()))
        .stream()
        .map(EffectDto::of)
        .toList();
  }

  private static Map<String, String> columns(List<String> key) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String each : key) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw CockpitErrors.badRequest("'key' is '%s'; expected COLUMN=value".formatted(each));
      }
      columns.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return columns;
  }

  private static boolean hasKey(JournaledEffect effect, Map<String, String> columns) {
    return columns.entrySet().stream()
        .allMatch(
            wanted ->
                effect.effect().key().entrySet().stream()
                    .anyMatch(
                        found ->
                            found.getKey().equalsIgnoreCase(wanted.getKey())
                                && String.valueOf(found.getValue()).equals(wanted.getValue())));
  }

  private boolean mayReadRun(String runId) {
    return StoreCalls.read(() -> addressed.millrace().runs().find(runId))
        .map(Access.Instance::of)
        .map(addressed.access()::mayRead)
        .orElse(false);
  }

  private boolean mayRead(String processInstanceId) {
    return addressed
        .access()
        .instance(processInstanceId)
        .map(addressed.access()::mayRead)
        .orElse(false);
  }
}
