// SPDX-License-Identifier: Apache-2.0
/**
 * What a process instance does at a stream task and at its handler: it queues work in its own
 * transaction and parks. Nothing here waits or holds a thread.
 */
package dev.millrace.camunda.task;
