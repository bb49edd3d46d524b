// SPDX-License-Identifier: Apache-2.0
/**
 * The scalar functions that generated code calls, one class per kind of value. Hot code: static,
 * stateless unless said otherwise, no allocation beyond the result.
 *
 * <p>Decimals come as word, reference and scale (see {@link dev.millrace.spi.type.Storage}); times
 * in the units of {@link dev.millrace.spi.type.DataType}. No argument is NULL; where a result may
 * be, a reference is null and a number {@link dev.millrace.runtime.function.Words#NULL}.
 *
 * <p>The reference is Flink 2.3, judged on random values by {@code *AsFlinkTest}. On purpose it is
 * not followed where it makes a value of what has none, or the wrong one: times before 1970 are
 * rounded down and not towards 1970, a single wrong character is no DECIMAL, and TO_DATE of a text
 * that does not match its pattern is NULL.
 */
package dev.millrace.runtime.function;
