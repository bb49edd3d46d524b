// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.config.MillraceSettings;
import dev.millrace.camunda.deadletter.LateLetters;
import dev.millrace.camunda.hook.ReceivedHooks;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxBell;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.engine.StreamEngine;
import dev.millrace.spi.connector.Services;
import dev.millrace.store.Store;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * What all work of a node is done with, from before its process engine is built. Thread-safe.
 *
 * @param services offered to all scripts, without the process engine
 * @param hooks configured; opened when work starts
 * @param departments whose bells may be rung at any time
 * @param outbox where commits leave what shall be sent
 */
public record Equipment(
    MillraceSettings settings,
    ProcessEngineConfigurationImpl configuration,
    StreamEngine engine,
    Services services,
    Store store,
    ReceivedHooks hooks,
    Departments departments,
    EngineCommands commands,
    Plans plans,
    RunPlans runPlans,
    OutboxDesk outbox,
    LateLetters lateLetters) {

  public static Equipment of(
      MillraceSettings settings,
      ProcessEngineConfigurationImpl configuration,
      StreamEngine engine,
      Services services,
      Store store,
      ReceivedHooks hooks) {
    Departments departments = new Departments();
    EngineCommands commands = new EngineCommands(configuration, settings.surroundings().pause());
    Plans plans = new Plans(engine, configuration);
    RunPlans runPlans = new RunPlans(commands, plans);
    return new Equipment(
        settings,
        configuration,
        engine,
        services,
        store,
        hooks,
        departments,
        commands,
        plans,
        runPlans,
        new OutboxDesk(
            store.outboxes(),
            settings.outboxLimit(),
            new OutboxBell(departments.bell(Department.OUTBOXES))),
        new LateLetters(store.deadLetters(), store.pipelines(), store.runQuery(), plans, runPlans));
  }
}
