// SPDX-License-Identifier: Apache-2.0
/**
 * What can be wrong with a stream task, its deployment or its run: the numbers {@code MR-BPMN-…}.
 */
package dev.millrace.camunda.error;
