// SPDX-License-Identifier: Apache-2.0
/** The command millrace: run, explain, validate. */
package dev.millrace.cli;
