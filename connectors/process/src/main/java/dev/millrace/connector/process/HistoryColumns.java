// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a table reads of the engine's history.
 *
 * @param entities whose events it reads; empty for all
 * @param definitionKeys of processes whose events it reads; empty for all
 * @param variables whose values it reads; {@code *} among them for all
 */
public record HistoryColumns(
    Set<String> entities, Set<String> definitionKeys, Set<String> variables) {
  /** Asks for the values of all variables. */
  public static final String ALL = "*";

  public static final String PROCESS_INSTANCE = "process-instance";
  public static final String ACTIVITY_INSTANCE = "activity-instance";
  public static final String TASK = "task";
  public static final String VARIABLE = "variable";
  public static final String INCIDENT = "incident";
  public static final String DECISION = "decision";

  public static final List<String> ENTITIES =
      List.of(PROCESS_INSTANCE, ACTIVITY_INSTANCE, TASK, VARIABLE, INCIDENT, DECISION);

  /** All columns there are; strings but for the times (TIMESTAMP_LTZ) and the duration (BIGINT). */
  public static final List<String> NAMES =
      List.of(
          "entity",
          "event_type",
          "event_time",
          "process_instance_id",
          "root_process_instance_id",
          "process_definition_id",
          "process_definition_key",
          "execution_id",
          "tenant_id",
          "business_key",
          "state",
          "activity_id",
          "activity_name",
          "activity_type",
          "activity_instance_id",
          "task_id",
          "task_name",
          "assignee",
          "variable_name",
          "variable_type",
          "variable_value",
          "incident_type",
          "incident_message",
          "decision_key",
          "decision_name",
          "start_time",
          "end_time",
          "duration_ms",
          "delete_reason");

  /** The event as the table sees it; empty if it does not read it. */
  Optional<Map<String, Object>> row(Map<String, Object> event, Optional<String> tenant) {
    boolean read =
        tenant.filter(mine -> !mine.equals(event.get("tenant_id"))).isEmpty()
            && (entities.isEmpty() || holds(entities, event.get("entity")))
            && (definitionKeys.isEmpty()
                || holds(definitionKeys, event.get("process_definition_key")));
    if (!read) {
      return Optional.empty();
    }
    Map<String, Object> row = new HashMap<>(event);
    if (!variables.contains(ALL) && !holds(variables, event.get("variable_name"))) {
      row.remove("variable_value");
    }
    return Optional.of(row);
  }

  private static boolean holds(Set<String> names, Object name) {
    return name != null && names.contains(name.toString());
  }
}
