// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import jakarta.ws.rs.Path;

/** What there is of one engine. */
public abstract class EngineRest {
  /** The engine's name; null for the default engine. */
  abstract String engineName();

  private Addressed addressed() {
    return Addressed.engine(engineName());
  }

  @Path("/pipeline")
  public PipelineResource pipelines() {
    return new PipelineResource(addressed());
  }

  @Path("/run")
  public RunResource runs() {
    return new RunResource(addressed());
  }

  @Path("/rollback")
  public RollbackResource rollbacks() {
    return new RollbackResource(addressed());
  }

  @Path("/process-instance/{id}")
  public InstanceResource instance() {
    return new InstanceResource(addressed());
  }

  @Path("/dead-letter")
  public DeadLetterResource deadLetters() {
    return new DeadLetterResource(addressed());
  }

  @Path("/lineage")
  public LineageResource lineage() {
    return new LineageResource(addressed());
  }

  @Path("/inbox")
  public InboxResource inbox() {
    return new InboxResource(addressed());
  }
}
