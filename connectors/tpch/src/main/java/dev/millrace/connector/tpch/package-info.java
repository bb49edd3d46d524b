// SPDX-License-Identifier: Apache-2.0
/** The tpch connector. */
package dev.millrace.connector.tpch;
