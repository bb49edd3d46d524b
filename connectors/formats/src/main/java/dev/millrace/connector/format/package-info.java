// SPDX-License-Identifier: Apache-2.0
/** The formats csv and json. */
package dev.millrace.connector.format;
