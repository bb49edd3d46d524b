// SPDX-License-Identifier: Apache-2.0
/**
 * The options of a table's {@code WITH} clause: declared once, checked at validation, read typed.
 */
package dev.millrace.spi.option;
