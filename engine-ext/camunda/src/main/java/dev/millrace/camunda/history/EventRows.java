// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.history;

import dev.millrace.connector.process.HistoryColumns;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionEvaluationEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionInstanceEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The engine's events as rows of {@link HistoryColumns}; columns without a value are left out. */
final class EventRows {
  private EventRows() {}

  /** The row of an event; empty if it is of a kind that is not read. */
  static Optional<Map<String, Object>> of(HistoryEvent event, HistoryReaders readers) {
    Map<String, Object> row = new LinkedHashMap<>();
    String entity = entity(event, row, readers);
    if (entity == null) {
      return Optional.empty();
    }
    row.put("entity", entity);
    row.put("event_type", event.getEventType());
    row.put("event_time", ClockUtil.getCurrentTime().toInstant());
    row.put("process_instance_id", event.getProcessInstanceId());
    row.put("root_process_instance_id", event.getRootProcessInstanceId());
    row.put("process_definition_id", event.getProcessDefinitionId());
    row.put("process_definition_key", event.getProcessDefinitionKey());
    row.put("execution_id", event.getExecutionId());
    if (event instanceof HistoricScopeInstanceEvent scope) {
      time(row, "start_time", scope.getStartTime());
      time(row, "end_time", scope.getEndTime());
      row.put("duration_ms", scope.getDurationRaw());
    }
    row.values().removeIf(value -> value == null);
    return Optional.of(row);
  }

  private static String entity(
      HistoryEvent event, Map<String, Object> row, HistoryReaders readers) {
    if (event instanceof HistoricProcessInstanceEventEntity instance) {
      return instance(instance, row);
    }
    if (event instanceof HistoricActivityInstanceEventEntity activity) {
      return activity(activity, row);
    }
    if (event instanceof HistoricTaskInstanceEventEntity task) {
      return task(task, row);
    }
    if (event instanceof HistoricVariableUpdateEventEntity variable) {
      return variable(variable, row, readers);
    }
    if (event instanceof HistoricIncidentEventEntity incident) {
      return incident(incident, row);
    }
    return event instanceof HistoricDecisionEvaluationEvent decision
        ? decision(decision, row)
        : null;
  }

  private static String instance(
      HistoricProcessInstanceEventEntity event, Map<String, Object> row) {
    row.put("tenant_id", event.getTenantId());
    row.put("business_key", event.getBusinessKey());
    row.put("state", event.getState());
    row.put("delete_reason", event.getDeleteReason());
    return HistoryColumns.PROCESS_INSTANCE;
  }

  private static String activity(
      HistoricActivityInstanceEventEntity event, Map<String, Object> row) {
    row.put("tenant_id", event.getTenantId());
    row.put("activity_id", event.getActivityId());
    row.put("activity_name", event.getActivityName());
    row.put("activity_type", event.getActivityType());
    row.put("activity_instance_id", event.getActivityInstanceId());
    row.put("task_id", event.getTaskId());
    row.put("assignee", event.getTaskAssignee());
    return HistoryColumns.ACTIVITY_INSTANCE;
  }

  private static String task(HistoricTaskInstanceEventEntity event, Map<String, Object> row) {
    row.put("tenant_id", event.getTenantId());
    row.put("activity_id", event.getTaskDefinitionKey());
    row.put("activity_instance_id", event.getActivityInstanceId());
    row.put("task_id", event.getTaskId());
    row.put("task_name", event.getName());
    row.put("assignee", event.getAssignee());
    row.put("delete_reason", event.getDeleteReason());
    return HistoryColumns.TASK;
  }

  private static String variable(
      HistoricVariableUpdateEventEntity event, Map<String, Object> row, HistoryReaders readers) {
    row.put("tenant_id", event.getTenantId());
    row.put("activity_instance_id", event.getScopeActivityInstanceId());
    row.put("task_id", event.getTaskId());
    row.put("variable_name", event.getVariableName());
    row.put("variable_type", event.getSerializerName());
    if (readers.asksFor(event.getVariableName())) {
      row.put("variable_value", value(event));
    }
    return HistoryColumns.VARIABLE;
  }

  /** Values that are short by their nature; objects, files and bytes are not told. */
  private static String value(HistoricVariableUpdateEventEntity event) {
    String type = event.getSerializerName() == null ? "" : event.getSerializerName();
    return switch (type) {
      case "string" -> event.getTextValue();
      case "long", "integer", "short" -> text(event.getLongValue());
      case "double" -> text(event.getDoubleValue());
      case "boolean" ->
          event.getLongValue() == null ? null : Boolean.toString(event.getLongValue() == 1);
      case "date" ->
          event.getLongValue() == null
              ? null
              : new Date(event.getLongValue()).toInstant().toString();
      default -> null;
    };
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String incident(HistoricIncidentEventEntity event, Map<String, Object> row) {
    row.put("tenant_id", event.getTenantId());
    row.put("activity_id", event.getActivityId());
    row.put("incident_type", event.getIncidentType());
    row.put("incident_message", event.getIncidentMessage());
    time(row, "start_time", event.getCreateTime());
    time(row, "end_time", event.getEndTime());
    return HistoryColumns.INCIDENT;
  }

  private static String decision(HistoricDecisionEvaluationEvent event, Map<String, Object> row) {
    HistoricDecisionInstanceEntity decision = event.getRootHistoricDecisionInstance();
    row.put("tenant_id", decision.getTenantId());
    row.put("activity_id", decision.getActivityId());
    row.put("activity_instance_id", decision.getActivityInstanceId());
    row.put("decision_key", decision.getDecisionDefinitionKey());
    row.put("decision_name", decision.getDecisionDefinitionName());
    time(row, "start_time", decision.getEvaluationTime());
    return HistoryColumns.DECISION;
  }

  private static void time(Map<String, Object> row, String column, Date value) {
    row.put(column, value == null ? null : value.toInstant());
  }
}
