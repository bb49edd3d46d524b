// SPDX-License-Identifier: Apache-2.0
/**
 * Deployed scripts that run on. A deployment makes a pipeline known in its own transaction; one
 * node at a time leases and runs it, and commits effects and positions together.
 */
package dev.millrace.camunda.pipeline;
