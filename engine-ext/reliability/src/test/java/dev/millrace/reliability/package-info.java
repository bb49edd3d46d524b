// SPDX-License-Identifier: Apache-2.0
/**
 * What must hold under a killed node, a lost database and a colleague who was faster. Each test has
 * a short form, which every build runs, and a long one ({@code -Preliability}); both print their
 * figures.
 *
 * <pre>
 *   {@link dev.millrace.reliability.Server}      a PostgreSQL that syncs, and can be taken away
 *   {@link dev.millrace.reliability.Node}        an engine with Millrace; in this JVM, or …
 *   {@link dev.millrace.reliability.ForkedNode}  … in one of its own, to be killed or stopped
 *   {@link dev.millrace.reliability.Outside}     foreign systems nodes know: Broker, EventHost, Sender
 *   {@link dev.millrace.reliability.Workload}    small pieces of work that reach every fault point
 * </pre>
 */
package dev.millrace.reliability;
