// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.HandlerDto;
import dev.millrace.cockpit.dto.LineageDto;
import dev.millrace.cockpit.dto.ResumeDto;
import dev.millrace.cockpit.dto.TraceDto;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.Lineage;
import dev.millrace.store.Run;
import dev.millrace.store.Undo;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** One process instance: where it comes from, what it wrote, its handlers. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class InstanceResource {
  private final Addressed addressed;

  InstanceResource(Addressed addressed) {
    this.addressed = addressed;
  }

  @GET
  @Path("/lineage")
  public LineageDto lineage(@PathParam("id") String id) {
    addressed.access().checkRead(find(id));
    List<Lineage.Trace> inputs =
        StoreCalls.read(() -> addressed.millrace().store().lineage().ofProcessInstance(id));
    List<Run> runs = StoreCalls.read(() -> addressed.millrace().runs().ofProcessInstance(id));
    return new LineageDto(
        inputs.stream().map(TraceDto::of).toList(), runs.stream().map(this::written).toList());
  }

  private LineageDto.OfRun written(Run run) {
    List<Undo.Target> targets =
        StoreCalls.read(() -> addressed.millrace().journal().targets(run.id()));
    return new LineageDto.OfRun(
        run.id(),
        run.origin().activityId(),
        run.origin().script(),
        run.state().name(),
        targets.stream()
            .map(each -> new LineageDto.Written(each.connection(), each.table(), each.effects()))
            .toList());
  }

  /** Its compensation handlers, oldest first. */
  @GET
  @Path("/rollback-handler")
  public List<HandlerDto> handlers(@PathParam("id") String id) {
    addressed.access().checkRead(find(id));
    return addressed.millrace().rollbacks().handlers(id).stream().map(HandlerDto::of).toList();
  }

  /** Lets handlers go on that met a conflict; answers how many. */
  @POST
  @Path("/rollback-handler/resume")
  public CountDto resume(@PathParam("id") String id, ResumeDto how) {
    addressed.access().checkUpdate(find(id));
    ConflictPolicy policy = how == null ? ConflictPolicy.FAIL : how.policy();
    return new CountDto(addressed.millrace().rollbacks().resume(id, policy));
  }

  private Access.Instance find(String id) {
    Optional<Access.Instance> known =
        addressed.millrace().rollbacks().runs(RollbackScope.instance(id)).stream()
            .findFirst()
            .map(Access.Instance::of);
    return known
        .or(() -> addressed.access().instance(id))
        .orElseThrow(() -> CockpitErrors.notFound("process instance", id));
  }
}
