// SPDX-License-Identifier: Apache-2.0
/** Failures with a number, a category that decides the reaction, and a place. */
package dev.millrace.spi.error;
