// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import dev.millrace.connector.process.EngineCalls;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;

/**
 * Who waits for a message, as the engine's own correlation finds them. For one transaction; knows
 * which instances it has touched: the engine must write what was done to them before they are asked
 * for again.
 */
final class Subscribers {
  private final ProcessEngine engine;
  private final EngineCalls calls;
  private final Set<String> touched = new HashSet<>();

  Subscribers(ProcessEngine engine, EngineCalls calls) {
    this.engine = engine;
    this.calls = calls;
  }

  /** Whom a message is for. */
  record Address(
      String message,
      Optional<String> tenant,
      Optional<String> businessKey,
      Map<String, Object> correlation) {}

  /** The executions that wait; those of suspended instances do not. */
  List<Execution> find(Address address) {
    List<Execution> found = query(address);
    if (found.stream().anyMatch(each -> touched.contains(each.getProcessInstanceId()))) {
      settle();
      found = query(address);
    }
    return found;
  }

  /** Those of the tenant, or else those that all tenants share. */
  private List<Execution> query(Address address) {
    if (address.tenant().isEmpty()) {
      return waiting(address).list();
    }
    List<Execution> own = waiting(address).tenantIdIn(address.tenant().get()).list();
    return own.isEmpty() ? waiting(address).withoutTenantId().list() : own;
  }

  private ExecutionQuery waiting(Address address) {
    ExecutionQuery query =
        engine
            .getRuntimeService()
            .createExecutionQuery()
            .messageEventSubscriptionName(address.message())
            .active();
    address.businessKey().ifPresent(query::processInstanceBusinessKey);
    address.correlation().forEach(query::processVariableValueEquals);
    return query;
  }

  /** From now on queries see what was done so far. */
  void settle() {
    calls.flush();
    touched.clear();
  }

  /** Gives it to an execution that waits. */
  void deliver(Execution execution, String message, Map<String, Object> variables) {
    touched.add(execution.getProcessInstanceId());
    engine.getRuntimeService().messageEventReceived(message, execution.getId(), variables);
  }

  /** Whether a process starts with such a message. */
  boolean canStart(Address address) {
    return engine
        .getRuntimeService()
        .createEventSubscriptionQuery()
        .eventType("message")
        .eventName(address.message())
        .list()
        .stream()
        .anyMatch(each -> each.getExecutionId() == null);
  }

  /** Starts an instance that knows what the message was for; returns its id. */
  String start(Address address, Map<String, Object> variables) {
    MessageCorrelationBuilder start =
        engine
            .getRuntimeService()
            .createMessageCorrelation(address.message())
            .setVariables(address.correlation())
            .setVariables(variables);
    address.businessKey().ifPresent(start::processInstanceBusinessKey);
    address.tenant().ifPresent(start::tenantId);
    return start.correlateStartMessage().getId();
  }
}
