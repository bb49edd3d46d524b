// SPDX-License-Identifier: Apache-2.0
/**
 * Scripts of deployments: where a model finds them, and their plans, kept while in use. Knows
 * deployments, not executions.
 */
package dev.millrace.camunda.script;
