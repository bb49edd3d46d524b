// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;

/** How calls of a function are generated. */
interface CallRule {
  /**
   * Writes the statements that compute the call.
   *
   * @throws dev.millrace.spi.error.MillraceException if the function does not take such arguments
   */
  Value emit(Expression.Call call, Emitter to);
}
