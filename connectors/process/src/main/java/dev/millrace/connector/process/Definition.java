// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;

/**
 * A process to start in its latest version: the tenant's own if it has one, else the one that all
 * tenants share. Thread-safe.
 */
public record Definition(ProcessEngine engine, String key, Optional<String> tenant) {
  /** Starts an instance in the open transaction; returns its id. */
  public String start(String businessKey, Map<String, Object> variables) {
    ProcessInstantiationBuilder start = engine.getRuntimeService().createProcessInstanceByKey(key);
    if (tenant.isPresent()) {
      if (isTenants()) {
        start.processDefinitionTenantId(tenant.get());
      } else {
        start.processDefinitionWithoutTenantId();
      }
    }
    return start.businessKey(businessKey).setVariables(variables).execute().getId();
  }

  private boolean isTenants() {
    return engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey(key)
            .tenantIdIn(tenant.orElseThrow())
            .count()
        > 0;
  }
}
