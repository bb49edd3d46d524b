// SPDX-License-Identifier: Apache-2.0
/**
 * The scalar functions that generated code calls, one class per kind of value. Hot code: static,
 * stateless unless said otherwise, no allocation beyond the result.
 *
 * <p>Decimals come as word, reference and scale (see {@link dev.millrace.spi.type.Storage}); times
 * in the units of {@link dev.millrace.spi.type.DataType}. No argument is NULL; where a result may
 * be, a reference is null and a number {@link dev.millrace.runtime.function.Words#NULL}.
 */
package dev.millrace.runtime.function;
