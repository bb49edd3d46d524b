// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.core.model.Properties;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * Shows a process definition that is read again from the database to other threads when it is
 * whole. The engine (7.24.0) puts it into its cache first and gives its jobs their definitions
 * then: who starts a process in between fails with "processDefinitionId is null", or makes a job of
 * no definition. Processes started at volume do meet that moment, when a process application leaves
 * and after each start. Thread-safe.
 */
public final class WholeDefinitions extends BpmnDeployer {
  private WholeDefinitions(BpmnDeployer stock) {
    setExpressionManager(stock.getExpressionManager());
    setIdGenerator(stock.getIdGenerator());
    setBpmnParser(stock.getBpmnParser());
  }

  /** In place of the engine's own deployer; one that somebody else has put there stays. */
  public static void install(ProcessEngineConfigurationImpl configuration) {
    List<Deployer> deployers =
        configuration.getDeployers().stream().map(WholeDefinitions::ours).toList();
    configuration.setDeployers(deployers);
    configuration.getDeploymentCache().setDeployers(deployers);
  }

  private static Deployer ours(Deployer deployer) {
    return deployer.getClass() == BpmnDeployer.class
        ? new WholeDefinitions((BpmnDeployer) deployer)
        : deployer;
  }

  @Override
  protected void registerDefinition(
      DeploymentEntity deployment, ProcessDefinitionEntity definition, Properties properties) {
    if (deployment.isNew()) {
      // nobody else sees it before the commit, and its timers and messages look it up
      super.registerDefinition(deployment, definition, properties);
      return;
    }
    definitionAddedToDeploymentCache(deployment, definition, properties);
    addDefinitionToDeploymentCache(getDeploymentCache(), definition);
    deployment.addDeployedArtifact(definition);
  }
}
