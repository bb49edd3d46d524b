// SPDX-License-Identifier: Apache-2.0
/**
 * The sample application: a Camunda engine with Millrace, its webapps, REST and the archives of
 * order, approval and shipping, into which orders flow from the start. It holds no business logic:
 * that is in {@code processes/}. Read first: {@link dev.millrace.sample.SampleApplication}, then
 * {@link dev.millrace.sample.IncomingOrders} and {@link dev.millrace.sample.OverviewReader}, which
 * feeds the front page.
 */
package dev.millrace.sample;
