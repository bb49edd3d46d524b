// SPDX-License-Identifier: Apache-2.0
/**
 * Expressions of the plan as Java source, and the source as kernels. Cold code that writes hot
 * code.
 *
 * <pre>
 *   Expression ──Emitter──→ statements in a KernelClass ──GeneratedClass (Janino)──→ CalcKernel …
 *                  │ per function: a CallRule of Rules
 *                  └ values are Value: the names of the locals that hold word, reference, NULL flag
 * </pre>
 *
 * What is more than a line of Java is a static function of {@code dev.millrace.runtime.function}.
 * Generated source never holds text of the user: literals are numbers, or constants handed to the
 * constructor. Read first: {@link dev.millrace.codegen.expression.ExpressionCompiler}.
 */
package dev.millrace.codegen.expression;
