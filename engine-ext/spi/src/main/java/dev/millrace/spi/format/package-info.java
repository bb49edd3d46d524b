// SPDX-License-Identifier: Apache-2.0
/** Bytes to rows and back: the {@code 'format'} of a table. */
package dev.millrace.spi.format;
