// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;

/**
 * Incidents that Cockpit's own button retries: a job without retries. The engine makes the
 * incident, shows message and stack trace, and removes both with the activity; when an operator
 * gives the job retries, its handler queues the work again.
 */
public final class IncidentJobs {
  private IncidentJobs() {}

  /** The id of what failed, as a job carries it. */
  public record WorkId(String value) implements JobHandlerConfiguration {
    @Override
    public String toCanonicalString() {
      return value;
    }
  }

  /** What a retried job does. */
  public abstract static class Handler implements JobHandler<WorkId> {
    private final String type;

    protected Handler(String type) {
      this.type = type;
    }

    @Override
    public final String getType() {
      return type;
    }

    @Override
    public final WorkId newConfiguration(String canonical) {
      return new WorkId(canonical);
    }

    @Override
    public final void onDelete(WorkId id, JobEntity job) {}
  }

  /** Makes an incident at a waiting execution, in the current command. */
  public static void create(
      ExecutionEntity execution, String handlerType, String workId, Exception failure) {
    MessageEntity job = new MessageEntity();
    job.setJobHandlerType(handlerType);
    job.setJobHandlerConfiguration(new WorkId(workId));
    job.setExecution(execution);
    job.setProcessDefinitionId(execution.getProcessDefinitionId());
    job.setProcessDefinitionKey(execution.getProcessDefinition().getKey());
    job.setTenantId(execution.getTenantId());
    job.setExceptionMessage(failure.getMessage());
    job.setExceptionStacktrace(stackTrace(failure));
    job.insert();
    job.setRetries(0);
    Context.getCommandContext().getHistoricJobLogManager().fireJobFailedEvent(job, failure);
  }

  private static String stackTrace(Exception failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** Removes the incident of a waiting execution, in the current command. */
  public static void resolve(ExecutionEntity execution, String handlerType) {
    for (JobEntity job : List.copyOf(execution.getJobs())) {
      if (job.getJobHandlerType().equals(handlerType)) {
        job.delete(true);
      }
    }
  }
}
