// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.access;

import dev.millrace.store.InboxQuery;
import dev.millrace.store.Pipeline;
import dev.millrace.store.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheckBuilder;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * The authorizations of the user whom the engine knows as the current one. Without a user, or with
 * authorizations switched off, everything is allowed, as in the engine itself.
 *
 * <table>
 *   <caption>what is asked</caption>
 *   <tr><td>see a run, its effects, lineage</td><td>READ on its process instance, or READ_INSTANCE
 *       or READ_HISTORY on its process definition</td></tr>
 *   <tr><td>roll back, replay</td><td>UPDATE on the process instance, or UPDATE_INSTANCE on its
 *       definition</td></tr>
 *   <tr><td>cancel an instance</td><td>DELETE, or DELETE_INSTANCE on its definition</td></tr>
 *   <tr><td>see a pipeline</td><td>READ on its deployment</td></tr>
 *   <tr><td>see a message of the inbox, decide what becomes of it</td><td>as for the pipeline, or
 *       the process instance, that sent it, also when that is gone; for a pipeline that is gone, on
 *       all deployments</td></tr>
 *   <tr><td>steer a pipeline</td><td>CREATE on its deployment: who may deploy it</td></tr>
 * </table>
 *
 * What belongs to another tenant does not exist.
 */
public final class Access {
  private static final String ANY = "*";

  /** A permission on a process instance, or one of those on its definition. */
  private record OnInstance(Permission own, List<Permission> ofDefinition) {}

  private static final OnInstance READING =
      new OnInstance(
          Permissions.READ, List.of(Permissions.READ_INSTANCE, Permissions.READ_HISTORY));
  private static final OnInstance UPDATING =
      new OnInstance(Permissions.UPDATE, List.of(Permissions.UPDATE_INSTANCE));
  private static final OnInstance DELETING =
      new OnInstance(Permissions.DELETE, List.of(Permissions.DELETE_INSTANCE));

  private final ProcessEngine engine;
  private final ProcessEngineConfigurationImpl configuration;

  public Access(ProcessEngine engine) {
    this.engine = engine;
    configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
  }

  /**
   * Whose data it is.
   *
   * @param tenantId null without one
   */
  public record Instance(String id, String definitionId, String tenantId) {
    public static Instance of(Run run) {
      return new Instance(
          run.origin().processInstanceId(),
          run.origin().processDefinitionId(),
          run.origin().tenantId());
    }
  }

  /** A process instance the engine knows, running or in history, whoever may see it. */
  public Optional<Instance> instance(String id) {
    return configuration
        .getCommandExecutorTxRequired()
        .execute(
            command -> {
              command.disableAuthorizationCheck();
              command.disableTenantCheck();
              Optional<Instance> running =
                  Optional.ofNullable(
                          engine
                              .getRuntimeService()
                              .createProcessInstanceQuery()
                              .processInstanceId(id)
                              .singleResult())
                      .map(
                          each ->
                              new Instance(id, each.getProcessDefinitionId(), each.getTenantId()));
              return running.or(() -> ended(id));
            });
  }

  private Optional<Instance> ended(String id) {
    return configuration.isDbHistoryUsed()
        ? Optional.ofNullable(
                engine
                    .getHistoryService()
                    .createHistoricProcessInstanceQuery()
                    .processInstanceId(id)
                    .singleResult())
            .map(each -> new Instance(id, each.getProcessDefinitionId(), each.getTenantId()))
        : Optional.empty();
  }

  /** The current user's id, if there is one. */
  public Optional<String> user() {
    return Optional.ofNullable(engine.getIdentityService().getCurrentAuthentication())
        .map(Authentication.class::cast)
        .map(Authentication::getUserId);
  }

  public boolean seesTenant(String tenantId) {
    return inEngine(command -> command.getTenantManager().isAuthenticatedTenant(tenantId));
  }

  public boolean mayRead(Instance instance) {
    return seesTenant(instance.tenantId()) && allows(onInstance(instance, READING));
  }

  public boolean mayRead(Pipeline pipeline) {
    return seesTenant(pipeline.tenantId().orElse(null))
        && allows(onDeployment(Optional.of(pipeline), Permissions.READ));
  }

  /**
   * Whether messages of a sender may be seen.
   *
   * @param pipeline that sent them, if it is still there
   */
  public boolean mayRead(InboxQuery.Sender sender, Optional<Pipeline> pipeline) {
    return seesTenant(sender.tenant().orElse(null))
        && allows(
            sender.processDefinitionKey().isPresent()
                ? onInstance(
                    sender.processInstanceId().orElse(ANY),
                    command -> sender.processDefinitionKey().get(),
                    READING)
                : onDeployment(pipeline, Permissions.READ));
  }

  /**
   * That one may decide what becomes of a sender's messages.
   *
   * @param pipeline that sent them, if it is still there
   */
  public void checkSteer(InboxQuery.Sender sender, Optional<Pipeline> pipeline) {
    check(
        sender.processDefinitionKey().isPresent()
            ? onInstance(
                sender.processInstanceId().orElse(ANY),
                command -> sender.processDefinitionKey().get(),
                UPDATING)
            : onDeployment(pipeline, Permissions.CREATE));
  }

  /**
   * @throws org.camunda.bpm.engine.AuthorizationException if it is not allowed
   * @throws dev.millrace.spi.error.MillraceException if it belongs to another tenant
   */
  public void checkRead(Instance instance) {
    checkTenant("process instance", instance.id(), instance.tenantId());
    check(onInstance(instance, READING));
  }

  /** As {@link #checkRead(Instance)}. */
  public void checkUpdate(Instance instance) {
    checkTenant("process instance", instance.id(), instance.tenantId());
    check(onInstance(instance, UPDATING));
  }

  /** As {@link #checkRead(Instance)}. */
  public void checkDelete(Instance instance) {
    checkTenant("process instance", instance.id(), instance.tenantId());
    check(onInstance(instance, DELETING));
  }

  /** As {@link #checkRead(Instance)}. */
  public void checkRead(Pipeline pipeline) {
    checkTenant("pipeline", pipeline.name(), pipeline.tenantId().orElse(null));
    check(onDeployment(Optional.of(pipeline), Permissions.READ));
  }

  /** As {@link #checkRead(Instance)}. */
  public void checkSteer(Pipeline pipeline) {
    checkTenant("pipeline", pipeline.name(), pipeline.tenantId().orElse(null));
    check(onDeployment(Optional.of(pipeline), Permissions.CREATE));
  }

  private void checkTenant(String what, String id, String tenantId) {
    if (!seesTenant(tenantId)) {
      throw CockpitErrors.notFound(what, id);
    }
  }

  private static Function<CommandContext, CompositePermissionCheck> onInstance(
      Instance instance, OnInstance wanted) {
    return onInstance(
        instance.id(), command -> definitionKey(command, instance.definitionId()), wanted);
  }

  private static Function<CommandContext, CompositePermissionCheck> onInstance(
      String id, Function<CommandContext, String> definitionKey, OnInstance wanted) {
    return command -> {
      PermissionCheckBuilder any = new PermissionCheckBuilder().disjunctive();
      any.atomicCheckForResourceId(Resources.PROCESS_INSTANCE, id, wanted.own());
      String key = definitionKey.apply(command);
      wanted
          .ofDefinition()
          .forEach(
              permission ->
                  any.atomicCheckForResourceId(Resources.PROCESS_DEFINITION, key, permission));
      return any.build();
    };
  }

  /** What was of a pipeline that is gone is for those who may do it with all. */
  private static Function<CommandContext, CompositePermissionCheck> onDeployment(
      Optional<Pipeline> pipeline, Permission permission) {
    Resource resource = Resources.DEPLOYMENT;
    String id = pipeline.flatMap(Pipeline::deploymentId).orElse(ANY);
    return command ->
        new PermissionCheckBuilder()
            .conjunctive()
            .atomicCheckForResourceId(resource, id, permission)
            .build();
  }

  /** A definition that is gone is seen by those who see all. */
  private static String definitionKey(CommandContext command, String definitionId) {
    ProcessDefinitionEntity definition =
        command.runWithoutAuthorization(
            () ->
                command
                    .getProcessDefinitionManager()
                    .findLatestProcessDefinitionById(definitionId));
    return definition == null ? ANY : definition.getKey();
  }

  private void check(Function<CommandContext, CompositePermissionCheck> permissions) {
    inEngine(
        command -> {
          command.getAuthorizationManager().checkAuthorization(permissions.apply(command));
          return true;
        });
  }

  private boolean allows(Function<CommandContext, CompositePermissionCheck> permissions) {
    return inEngine(
        command -> {
          boolean checked =
              command.getAuthorizationManager().isAuthorizationEnabled() && user().isPresent();
          return !checked
              || command.getAuthorizationManager().isAuthorized(permissions.apply(command));
        });
  }

  private boolean inEngine(Function<CommandContext, Boolean> question) {
    return configuration.getCommandExecutorTxRequired().execute(question::apply);
  }
}
