// SPDX-License-Identifier: Apache-2.0
/** Runs, leases and the effect journal in a JDBC database. */
package dev.millrace.store;
