// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.camunda.rollback.RollbackService;
import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.PreviewDto;
import dev.millrace.cockpit.dto.ResumeDto;
import dev.millrace.cockpit.dto.RollbackDto;
import dev.millrace.cockpit.dto.RollbackRequestDto;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.Run;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rollbacks on an operator's word. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class RollbackResource {
  private static final int STEPS = 500;

  private final Addressed addressed;
  private final RollbackService rollbacks;

  RollbackResource(Addressed addressed) {
    this.addressed = addressed;
    rollbacks = addressed.millrace().rollbacks();
  }

  /** Queues a rollback; ask for it by its id. */
  @POST
  public RollbackDto order(RollbackRequestDto request) {
    RollbackRequestDto wanted = given(request);
    RollbackScope scope = wanted.scope();
    ConflictPolicy policy = wanted.policy();
    check(scope, addressed.access()::checkUpdate);
    if (wanted.cancelStarted()) {
      checkStarted(scope);
    }
    String id =
        rollbacks.order(
            scope, policy, wanted.cancelStarted(), addressed.access().user().orElse(null));
    return RollbackDto.of(find(id));
  }

  private static RollbackRequestDto given(RollbackRequestDto request) {
    if (request == null) {
      throw CockpitErrors.badRequest("give a body such as {\"processInstanceId\": \"…\"}");
    }
    return request;
  }

  private void check(RollbackScope scope, Consumer<Access.Instance> check) {
    List<Run> runs = rollbacks.runs(scope);
    if (runs.isEmpty()) {
      throw CockpitErrors.notFound(
          "process instance with runs", scope.processInstanceId().orElse(""));
    }
    runs.stream().map(Access.Instance::of).distinct().forEach(check);
  }

  private void checkStarted(RollbackScope scope) {
    for (RollbackService.Started each : rollbacks.started(scope)) {
      addressed
          .access()
          .checkDelete(
              new Access.Instance(
                  each.processInstanceId(),
                  each.processDefinitionId(),
                  each.tenantId().orElse(null)));
    }
  }

  @POST
  @Path("/preview")
  public PreviewDto preview(RollbackRequestDto request) {
    RollbackRequestDto wanted = given(request);
    RollbackScope scope = wanted.scope();
    check(scope, addressed.access()::checkRead);
    return PreviewDto.of(rollbacks.preview(scope, wanted.cancelStarted(), STEPS));
  }

  @GET
  @Path("/preview")
  public PreviewDto preview(
      @QueryParam("runId") String runId,
      @QueryParam("processInstanceId") String processInstanceId,
      @QueryParam("calledInstances") boolean calledInstances,
      @QueryParam("cancelStarted") boolean cancelStarted) {
    return preview(
        new RollbackRequestDto(runId, processInstanceId, calledInstances, null, cancelStarted));
  }

  /** Newest first. */
  @GET
  public List<RollbackDto> list(
      @QueryParam("processInstanceId") String processInstanceId,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    return Page.of(firstResult, maxResults)
        .read(rollbacks::orders, order -> isWanted(order, processInstanceId))
        .stream()
        .map(RollbackDto::of)
        .toList();
  }

  @GET
  @Path("/count")
  public CountDto count(@QueryParam("processInstanceId") String processInstanceId) {
    return new CountDto(
        Page.all().count(rollbacks::orders, order -> isWanted(order, processInstanceId)));
  }

  private boolean isWanted(RollbackOrder order, String processInstanceId) {
    return (processInstanceId == null
            || order.wanted().processInstanceId().equals(processInstanceId))
        && instance(order).map(addressed.access()::mayRead).orElse(false);
  }

  /** Whose data an order is about; empty once it is forgotten. */
  private Optional<Access.Instance> instance(RollbackOrder order) {
    return StoreCalls.read(
            () -> addressed.millrace().runs().ofProcessInstance(order.wanted().processInstanceId()))
        .stream()
        .findFirst()
        .map(Access.Instance::of)
        .or(() -> addressed.access().instance(order.wanted().processInstanceId()));
  }

  @GET
  @Path("/{id}")
  public RollbackDto get(@PathParam("id") String id) {
    RollbackOrder order = find(id);
    addressed.access().checkRead(instance(order).orElseThrow(() -> notFound(id)));
    return RollbackDto.of(order);
  }

  @POST
  @Path("/{id}/resume")
  public RollbackDto resume(@PathParam("id") String id, ResumeDto how) {
    RollbackOrder order = find(id);
    check(RollbackService.scope(order), addressed.access()::checkUpdate);
    ConflictPolicy policy = how == null ? order.wanted().onConflict() : how.policy();
    if (!rollbacks.resumeOrder(id, policy)) {
      throw CockpitErrors.conflict(
          "rollback '%s' is %s: only one that met conflicts or failed can be resumed"
              .formatted(id, order.state()));
    }
    return RollbackDto.of(find(id));
  }

  /** Gives it up. */
  @DELETE
  @Path("/{id}")
  public void cancel(@PathParam("id") String id) {
    RollbackOrder order = find(id);
    check(RollbackService.scope(order), addressed.access()::checkUpdate);
    if (!rollbacks.cancelOrder(id)) {
      throw CockpitErrors.conflict("rollback '%s' is %s".formatted(id, order.state()));
    }
  }

  private RollbackOrder find(String id) {
    return rollbacks.find(id).orElseThrow(() -> notFound(id));
  }

  private static RuntimeException notFound(String id) {
    return CockpitErrors.notFound("rollback", id);
  }
}
