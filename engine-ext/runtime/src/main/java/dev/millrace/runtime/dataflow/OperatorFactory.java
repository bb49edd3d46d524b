// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import dev.millrace.runtime.operator.Operator;

/** Makes the operator of one lane. Called on the thread that starts the run, once per lane. */
@FunctionalInterface
public interface OperatorFactory {
  Operator create(OperatorSite site) throws Exception;
}
