// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.PipelineDto;
import dev.millrace.store.Pipeline;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Pipelines, to be seen and steered. */
@Produces(MediaType.APPLICATION_JSON)
public final class PipelineResource {
  private final Addressed addressed;
  private final PipelineService pipelines;

  PipelineResource(Addressed addressed) {
    this.addressed = addressed;
    pipelines = addressed.millrace().pipelineService();
  }

  @GET
  public List<PipelineDto> list(
      @QueryParam("state") String state,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    Page page = Page.of(firstResult, maxResults);
    return visible(state).skip(page.first()).limit(page.max()).map(PipelineDto::of).toList();
  }

  @GET
  @Path("/count")
  public CountDto count(@QueryParam("state") String state) {
    return new CountDto(visible(state).count());
  }

  private Stream<Pipeline> visible(String state) {
    return pipelines.list().stream()
        .filter(pipeline -> state == null || pipeline.state().name().equalsIgnoreCase(state))
        .filter(addressed.access()::mayRead);
  }

  @GET
  @Path("/{name}")
  public PipelineDto get(@PathParam("name") String name) {
    PipelineService.Status status = find(name);
    addressed.access().checkRead(status.pipeline());
    return PipelineDto.of(status);
  }

  @POST
  @Path("/{name}/start")
  public void start(@PathParam("name") String name) {
    steer(name, pipelines::start);
  }

  @POST
  @Path("/{name}/pause")
  public void pause(@PathParam("name") String name) {
    steer(name, pipelines::pause);
  }

  @POST
  @Path("/{name}/resume")
  public void resume(@PathParam("name") String name) {
    steer(name, pipelines::resume);
  }

  @POST
  @Path("/{name}/stop")
  public void stop(@PathParam("name") String name) {
    steer(name, pipelines::stop);
  }

  /** Answered at once; the node that runs it commits and stores a snapshot soon after. */
  @POST
  @Path("/{name}/checkpoint")
  public void checkpoint(@PathParam("name") String name) {
    steer(name, pipelines::checkpoint);
  }

  /** Answered at once; the node that runs it fires all windows, commits and ends it soon after. */
  @POST
  @Path("/{name}/drain")
  public void drain(@PathParam("name") String name) {
    steer(name, pipelines::drain);
  }

  private void steer(String name, Consumer<String> how) {
    addressed.access().checkSteer(find(name).pipeline());
    how.accept(name);
  }

  private PipelineService.Status find(String name) {
    return pipelines.find(name).orElseThrow(() -> CockpitErrors.notFound("pipeline", name));
  }
}
