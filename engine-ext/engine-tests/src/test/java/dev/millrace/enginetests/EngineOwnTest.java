// SPDX-License-Identifier: Apache-2.0
package dev.millrace.enginetests;

import org.camunda.bpm.engine.test.bpmn.event.compensate.CompensateEventHistoryTest;
import org.camunda.bpm.engine.test.bpmn.event.compensate.CompensateEventOrderTest;
import org.camunda.bpm.engine.test.bpmn.event.compensate.CompensateEventTest;
import org.camunda.bpm.engine.test.bpmn.event.compensate.CompensationEventParseInvalidProcessTest;
import org.camunda.bpm.engine.test.bpmn.subprocess.transaction.TransactionSubProcessTest;
import org.junit.runner.RunWith;
import org.junit.runners.Suite;

/**
 * What the engine's makers test of compensation and transactions. Named one by one, not searched
 * for: a search that finds nothing passes.
 */
@RunWith(Suite.class)
@Suite.SuiteClasses({
  CompensateEventTest.class,
  CompensateEventOrderTest.class,
  CompensateEventHistoryTest.class,
  CompensationEventParseInvalidProcessTest.class,
  TransactionSubProcessTest.class
})
public class EngineOwnTest {}
