// SPDX-License-Identifier: Apache-2.0
/** The jdbc connector. */
package dev.millrace.connector.jdbc;
