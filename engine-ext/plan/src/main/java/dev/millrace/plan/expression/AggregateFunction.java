// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.expression;

/** The aggregate functions, with Flink's meaning. */
public enum AggregateFunction {
  /** Without argument: of rows; with: of values that are not NULL. */
  COUNT,
  /** NULL over no values. */
  SUM,
  /** 0 over no values. */
  SUM0,
  MIN,
  MAX,
  AVG,
  FIRST_VALUE,
  LAST_VALUE,
  SINGLE_VALUE,
  STDDEV_POP,
  STDDEV_SAMP,
  VAR_POP,
  VAR_SAMP,
  LISTAGG
}
