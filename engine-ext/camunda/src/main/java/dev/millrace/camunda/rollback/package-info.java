// SPDX-License-Identifier: Apache-2.0
/**
 * Taking effects back: for handlers that are parked, and for operators who ask.
 *
 * <p>All parked handlers of a process instance are one piece of work. They are undone one after the
 * other, newest run first, each in an engine transaction that also lets its handler go on.
 */
package dev.millrace.camunda.rollback;
