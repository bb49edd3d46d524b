// SPDX-License-Identifier: Apache-2.0
/**
 * The range of numbers {@code MR-BPMN-…}: what can be wrong with a stream task, its deployment or
 * its run. Each room says in a catalogue of its own what it refuses, and why.
 *
 * <pre>
 *    1 … 5    9 … 18      parse.DeploymentErrors
 *    6 … 8                script.ScriptErrors
 *   19 … 24  45 … 47      pipeline.PipelineErrors
 *   30, 31                task.TaskErrors
 *   32, 33   90, 91       run.TaskRunErrors
 *   40 … 44               rollback.RollbackErrors
 *   48, 49   52 … 54  70, 71  deadletter.DeadLetterErrors
 *   50, 51   55 … 57      config.ConfigErrors
 *   60, 61                outbox.OutboxErrors
 *   62 … 64               inbox.InboxErrors
 * </pre>
 */
package dev.millrace.camunda.error;
