// SPDX-License-Identifier: Apache-2.0
/** The operators, written once; what differs per script is a kernel. Hot code. */
package dev.millrace.runtime.operator;
