// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.dataflow;

import dev.millrace.runtime.operator.Operator;
import dev.millrace.spi.connector.SourceContext;

/** Makes the operator of one lane. Called on the thread that starts the run, once per lane. */
@FunctionalInterface
public interface OperatorFactory {
  /**
   * @param context for operators that read a table by themselves, as a lookup join does
   */
  Operator create(SourceContext context) throws Exception;
}
