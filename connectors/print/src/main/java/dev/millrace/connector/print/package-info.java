// SPDX-License-Identifier: Apache-2.0
/** The print connector. */
package dev.millrace.connector.print;
