// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.cockpit.dto.ErrorDto;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures with a code as JSON, with the status that fits. */
@Provider
public final class MillraceExceptionHandler implements ExceptionMapper<MillraceException> {
  private static final Logger LOG = LoggerFactory.getLogger(MillraceExceptionHandler.class);

  /** Where the category says too little. */
  private static final Map<String, Status> BY_CODE =
      Map.ofEntries(
          Map.entry("MR-REST-001", Status.NOT_FOUND),
          Map.entry("MR-REST-003", Status.CONFLICT),
          Map.entry("MR-REST-004", Status.NOT_FOUND),
          Map.entry("MR-BPMN-041", Status.NOT_FOUND),
          Map.entry("MR-BPMN-043", Status.GONE),
          Map.entry("MR-BPMN-044", Status.NOT_FOUND),
          Map.entry("MR-BPMN-045", Status.NOT_FOUND),
          Map.entry("MR-BPMN-046", Status.CONFLICT),
          Map.entry("MR-BPMN-048", Status.NOT_FOUND),
          Map.entry("MR-BPMN-049", Status.CONFLICT),
          Map.entry("MR-BPMN-063", Status.NOT_FOUND),
          Map.entry("MR-BPMN-070", Status.CONFLICT),
          Map.entry("MR-BPMN-064", Status.CONFLICT));

  @Override
  public Response toResponse(MillraceException failure) {
    Status status = BY_CODE.getOrDefault(failure.code().id(), status(failure.category()));
    if (status == Status.INTERNAL_SERVER_ERROR) {
      LOG.error("a request failed: {}", failure.report(), failure);
    }
    return Response.status(status)
        .entity(ErrorDto.of(failure))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static Status status(ErrorCategory category) {
    return switch (category) {
      case SQL, DATA -> Status.BAD_REQUEST;
      case CONNECTOR, RESOURCE -> Status.SERVICE_UNAVAILABLE;
      case INTERNAL -> Status.INTERNAL_SERVER_ERROR;
    };
  }
}
