// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.EffectDto;
import dev.millrace.cockpit.dto.RunDto;
import dev.millrace.store.Run;
import dev.millrace.store.RunQuery;
import dev.millrace.store.RunState;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

/** Runs and their journals. */
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
  private final Addressed addressed;

  RunResource(Addressed addressed) {
    this.addressed = addressed;
  }

  /** Which runs are asked for; all parameters may be left out. */
  public static final class Wanted {
    @QueryParam("processInstanceId")
    String processInstanceId;

    @QueryParam("rootProcessInstanceId")
    String rootProcessInstanceId;

    @QueryParam("processDefinitionId")
    String processDefinitionId;

    @QueryParam("activityId")
    String activityId;

    @QueryParam("businessKey")
    String businessKey;

    @QueryParam("state")
    String state;

    RunQuery.Filter filter() {
      return new RunQuery.Filter(
          processInstanceId,
          rootProcessInstanceId,
          processDefinitionId,
          activityId,
          businessKey,
          state == null ? null : parsed());
    }

    private RunState parsed() {
      return Arrays.stream(RunState.values())
          .filter(each -> each.name().equalsIgnoreCase(state))
          .findFirst()
          .orElseThrow(
              () ->
                  CockpitErrors.badRequest(
                      "'state' is '%s'; allowed are %s"
                          .formatted(state, Arrays.toString(RunState.values()))));
    }
  }

  /** Newest first. */
  @GET
  public List<RunDto> list(
      @BeanParam Wanted wanted,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    return Page.of(firstResult, maxResults)
        .read((first, max) -> runs().list(wanted.filter(), first, max), this::mayRead)
        .stream()
        .map(RunDto::of)
        .toList();
  }

  @GET
  @Path("/count")
  public CountDto count(@BeanParam Wanted wanted) {
    return new CountDto(
        Page.all().count((first, max) -> runs().list(wanted.filter(), first, max), this::mayRead));
  }

  private RunQuery runs() {
    return addressed.millrace().runs();
  }

  private boolean mayRead(Run run) {
    return addressed.access().mayRead(Access.Instance.of(run));
  }

  @GET
  @Path("/{id}")
  public RunDto get(@PathParam("id") String id) {
    return RunDto.of(find(id));
  }

  /** Oldest first. */
  @GET
  @Path("/{id}/effects")
  public List<EffectDto> effects(
      @PathParam("id") String id,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    find(id);
    Page page = Page.of(firstResult, maxResults);
    return StoreCalls.read(
            () -> addressed.millrace().journal().effects(id, page.first(), page.max()))
        .stream()
        .map(EffectDto::of)
        .toList();
  }

  @GET
  @Path("/{id}/effects/count")
  public CountDto countEffects(@PathParam("id") String id) {
    find(id);
    return new CountDto(StoreCalls.read(() -> addressed.millrace().journal().countEffects(id)));
  }

  private Run find(String id) {
    Run run =
        StoreCalls.read(() -> runs().find(id)).orElseThrow(() -> CockpitErrors.notFound("run", id));
    addressed.access().checkRead(Access.Instance.of(run));
    return run;
  }
}
