// SPDX-License-Identifier: Apache-2.0
/**
 * From model to behaviour, and from deployment to verdict.
 *
 * <pre>
 *   deployment ─→ DeploymentGate.open ─→ the engine's deployers ─→ DeploymentGate.close ─→ committed
 *                 pipelines' scripts      │ StreamTaskParseListener      throws all problems
 *                        └──→ DeploymentCheck ←──┘                        as one ParseException
 * </pre>
 *
 * A model read again from the database is not judged again: what once was deployed stays usable.
 * {@link dev.millrace.camunda.parse.WholeDefinitions} is the engine's deployer for BPMN, in its
 * place: others see such a definition when it is whole.
 */
package dev.millrace.camunda.parse;
