// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.cockpit.access.Access;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.DeadLetterDto;
import dev.millrace.cockpit.dto.ReplayDto;
import dev.millrace.cockpit.dto.ReplayedDto;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Run;
import dev.millrace.store.StoredDeadLetter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dead letters, to be seen, replayed and discarded. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DeadLetterResource {
  private final Addressed addressed;
  private final DeadLetterService letters;

  /** A request asks for few pipelines and runs, and for many letters of each. */
  private final Map<String, Boolean> visible = new HashMap<>();

  DeadLetterResource(Addressed addressed) {
    this.addressed = addressed;
    letters = addressed.millrace().deadLetters();
  }

  /** Which letters are asked for; all parameters may be left out. */
  public static final class Wanted {
    @QueryParam("pipeline")
    String pipeline;

    @QueryParam("runId")
    String runId;

    @QueryParam("table")
    String table;

    @QueryParam("state")
    String state;

    DeadLetters.Filter filter() {
      return new DeadLetters.Filter(pipeline, runId, table, state == null ? null : parsed());
    }

    private StoredDeadLetter.State parsed() {
      return Arrays.stream(StoredDeadLetter.State.values())
          .filter(each -> each.name().equalsIgnoreCase(state))
          .findFirst()
          .orElseThrow(
              () ->
                  CockpitErrors.badRequest(
                      "'state' is '%s'; allowed are %s"
                          .formatted(state, Arrays.toString(StoredDeadLetter.State.values()))));
    }
  }

  /** Oldest first. */
  @GET
  public List<DeadLetterDto> list(
      @BeanParam Wanted wanted,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    return Page.of(firstResult, maxResults)
        .read((first, max) -> letters.list(wanted.filter(), first, max), this::mayRead)
        .stream()
        .map(DeadLetterDto::of)
        .toList();
  }

  @GET
  @Path("/count")
  public CountDto count(@BeanParam Wanted wanted) {
    return new CountDto(
        Page.all().count((first, max) -> letters.list(wanted.filter(), first, max), this::mayRead));
  }

  private boolean mayRead(StoredDeadLetter letter) {
    return visible.computeIfAbsent(
        letter.pipeline().map("pipeline "::concat).orElse("run " + letter.runId().orElse("")),
        owner ->
            pipeline(letter)
                .map(addressed.access()::mayRead)
                .or(() -> run(letter).map(Access.Instance::of).map(addressed.access()::mayRead))
                .orElse(false));
  }

  private Optional<Pipeline> pipeline(StoredDeadLetter letter) {
    return letter
        .pipeline()
        .flatMap(name -> StoreCalls.read(() -> addressed.millrace().pipelines().find(name)));
  }

  private Optional<Run> run(StoredDeadLetter letter) {
    return letter
        .runId()
        .flatMap(id -> StoreCalls.read(() -> addressed.millrace().runs().find(id)));
  }

  @GET
  @Path("/{id}")
  public DeadLetterDto get(@PathParam("id") long id) {
    return DeadLetterDto.of(readable(id));
  }

  /** The record's own bytes. */
  @GET
  @Path("/{id}/bytes")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public byte[] bytes(@PathParam("id") long id) {
    byte[] bytes = readable(id).letter().bytes();
    if (bytes == null) {
      throw CockpitErrors.notFound("record with bytes of its own in dead letter", "" + id);
    }
    return bytes;
  }

  /** Processes it again, as it is or corrected, once; a pipeline with state does so in a while. */
  @POST
  @Path("/{id}/replay")
  public ReplayedDto replay(@PathParam("id") long id, ReplayDto how) {
    checkSteer(find(id));
    Correction correction = how == null ? Correction.NONE : how.correction();
    String user = addressed.access().user().orElse(null);
    return ReplayedDto.of(letters.replay(id, correction, user));
  }

  /** Says that it is not needed. */
  @POST
  @Path("/{id}/discard")
  public void discard(@PathParam("id") long id) {
    checkSteer(find(id));
    letters.discard(id, addressed.access().user().orElse(null));
  }

  private StoredDeadLetter readable(long id) {
    StoredDeadLetter letter = find(id);
    Optional<Pipeline> pipeline = pipeline(letter);
    if (pipeline.isPresent()) {
      addressed.access().checkRead(pipeline.get());
    } else {
      addressed.access().checkRead(instance(letter));
    }
    return letter;
  }

  private void checkSteer(StoredDeadLetter letter) {
    Optional<Pipeline> pipeline = pipeline(letter);
    if (pipeline.isPresent()) {
      addressed.access().checkSteer(pipeline.get());
    } else {
      addressed.access().checkUpdate(instance(letter));
    }
  }

  private Access.Instance instance(StoredDeadLetter letter) {
    return run(letter).map(Access.Instance::of).orElseThrow(() -> notFound(letter.id()));
  }

  private StoredDeadLetter find(long id) {
    return letters.find(id).orElseThrow(() -> notFound(id));
  }

  private static RuntimeException notFound(long id) {
    return CockpitErrors.notFound("dead letter", Long.toString(id));
  }
}
