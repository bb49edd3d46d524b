// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.camunda.inbox.InboxService;
import dev.millrace.cockpit.access.CockpitErrors;
import dev.millrace.cockpit.dto.CountDto;
import dev.millrace.cockpit.dto.InboxMessageDto;
import dev.millrace.cockpit.dto.StartRequestDto;
import dev.millrace.cockpit.dto.StartedDto;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.Pipeline;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Messages that wait for a process, or waited. Who may see the pipeline or the process instance
 * that sent a message sees it, and who may steer the one or update the other decides what becomes
 * of it.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class InboxResource {
  private final Addressed addressed;
  private final InboxService inbox;

  /** A request asks for few senders, and for many messages of each. */
  private final Map<InboxQuery.Sender, Boolean> readable = new HashMap<>();

  InboxResource(Addressed addressed) {
    this.addressed = addressed;
    inbox = addressed.millrace().inbox();
  }

  @GET
  public List<InboxMessageDto> list(
      @QueryParam("state") String state,
      @QueryParam("messageName") String message,
      @QueryParam("businessKey") String businessKey,
      @QueryParam("pipeline") String pipeline,
      @QueryParam("firstResult") Integer firstResult,
      @QueryParam("maxResults") Integer maxResults) {
    return Page.of(firstResult, maxResults)
        .read(messages(state, message, businessKey, pipeline), this::mayRead)
        .stream()
        .map(InboxMessageDto::brief)
        .toList();
  }

  @GET
  @Path("/count")
  public CountDto count(
      @QueryParam("state") String state,
      @QueryParam("messageName") String message,
      @QueryParam("businessKey") String businessKey,
      @QueryParam("pipeline") String pipeline) {
    InboxQuery.Filter filter = filter(state, message, businessKey, pipeline);
    Map<InboxQuery.Sender, Long> counts = inbox.countBySender(filter, false);
    long count = sum(counts, this::isReadable);
    if (counts.keySet().stream()
        .anyMatch(each -> each.processDefinitionKey().isPresent() && !isReadable(each))) {
      // of some process one may perhaps see a few instances
      count +=
          sum(
              inbox.countBySender(filter, true),
              each -> !isReadable(each.ofAllInstances()) && isReadable(each));
    }
    return new CountDto(count);
  }

  private static long sum(
      Map<InboxQuery.Sender, Long> counts, Predicate<InboxQuery.Sender> wanted) {
    return counts.entrySet().stream()
        .filter(each -> wanted.test(each.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static InboxQuery.Filter filter(
      String state, String message, String businessKey, String pipeline) {
    return new InboxQuery.Filter(
        Optional.ofNullable(state).map(InboxResource::state),
        Optional.ofNullable(message),
        Optional.ofNullable(businessKey),
        Optional.ofNullable(pipeline),
        0,
        0);
  }

  /** Chunk by chunk, each behind the last one read. */
  private Page.Source<InboxMessage> messages(
      String state, String message, String businessKey, String pipeline) {
    InboxQuery.Filter wanted = filter(state, message, businessKey, pipeline);
    AtomicLong seen = new AtomicLong();
    return (first, max) -> {
      List<InboxMessage> chunk = inbox.list(wanted.behind(seen.get(), max));
      if (!chunk.isEmpty()) {
        seen.set(chunk.get(chunk.size() - 1).id());
      }
      return chunk;
    };
  }

  private static InboxState state(String text) {
    try {
      return InboxState.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw CockpitErrors.badRequest(
          "'state' is '%s'; expected one of %s".formatted(text, List.of(InboxState.values())));
    }
  }

  @GET
  @Path("/{id}")
  public InboxMessageDto get(@PathParam("id") long id) {
    return InboxMessageDto.whole(find(id));
  }

  /** A message that expired, was ambiguous or rejected waits again. */
  @POST
  @Path("/{id}/retry")
  public void retry(@PathParam("id") long id) {
    checkSteer(find(id));
    if (inbox.retry(List.of(id)) == 0) {
      throw CockpitErrors.conflict("message %d waits, or was delivered".formatted(id));
    }
  }

  /** A message's time has passed now. */
  @POST
  @Path("/{id}/expire")
  public void expire(@PathParam("id") long id) {
    checkSteer(find(id));
    if (!inbox.expire(id)) {
      throw CockpitErrors.conflict("message %d does not wait".formatted(id));
    }
  }

  /** A message that no instance has starts one. */
  @POST
  @Path("/{id}/start")
  @Consumes(MediaType.APPLICATION_JSON)
  public StartedDto start(@PathParam("id") long id, StartRequestDto request) {
    checkSteer(find(id));
    if (request == null || request.processDefinitionKey() == null) {
      throw CockpitErrors.badRequest("'processDefinitionKey' is missing");
    }
    return new StartedDto(inbox.startProcess(id, request.processDefinitionKey()));
  }

  private InboxMessage find(long id) {
    return inbox
        .find(id)
        .filter(this::mayRead)
        .orElseThrow(() -> CockpitErrors.notFound("message", Long.toString(id)));
  }

  /** Who sees all instances of a process need not be asked for each. */
  private boolean mayRead(InboxMessage message) {
    InboxQuery.Sender sender = InboxQuery.Sender.of(message.origin());
    return isReadable(sender.ofAllInstances()) || isReadable(sender);
  }

  private boolean isReadable(InboxQuery.Sender sender) {
    return readable.computeIfAbsent(
        sender, each -> addressed.access().mayRead(each, pipeline(each)));
  }

  private void checkSteer(InboxMessage message) {
    InboxQuery.Sender sender = InboxQuery.Sender.of(message.origin());
    addressed.access().checkSteer(sender, pipeline(sender));
  }

  private Optional<Pipeline> pipeline(InboxQuery.Sender sender) {
    return sender
        .pipeline()
        .flatMap(name -> StoreCalls.read(() -> addressed.millrace().pipelines().find(name)));
  }
}
