// SPDX-License-Identifier: Apache-2.0
/**
 * A dataflow as a description: what reads, what computes, what writes, and how rows are shared out
 * over lanes. Cold code; read first: {@link dev.millrace.runtime.dataflow.Dataflow}.
 */
package dev.millrace.runtime.dataflow;
