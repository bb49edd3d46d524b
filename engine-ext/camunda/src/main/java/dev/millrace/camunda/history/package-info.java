// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's history events for pipelines that read them. Handlers are called before the commit,
 * also for what is rolled back: so events are written in the engine's own transaction, and become
 * visible with it or not at all.
 *
 * <pre>
 *   HistoryCapture (handler) ─→ CapturedEvents (session) ── flush ─→ HistoryLog
 *        └── only while HistoryReaders knows a deployed pipeline that reads them
 * </pre>
 */
package dev.millrace.camunda.history;
