// SPDX-License-Identifier: Apache-2.0
/** The process connector. */
package dev.millrace.connector.process;
