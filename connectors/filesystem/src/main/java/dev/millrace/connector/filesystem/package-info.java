// SPDX-License-Identifier: Apache-2.0
/** The filesystem connector. */
package dev.millrace.connector.filesystem;
