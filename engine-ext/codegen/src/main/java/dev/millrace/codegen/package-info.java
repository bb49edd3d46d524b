// SPDX-License-Identifier: Apache-2.0
/**
 * Plan to Java to operators; the only sight of a compiler.
 *
 * <pre>
 *   Plan ── DataflowCompiler ──→ runtime.dataflow.Dataflow
 *              ├ expression: expressions to kernels (Java text, compiled by Janino)
 *              └ aggregate:  groups to tables that aggregate (likewise)
 * </pre>
 *
 * No text of the user enters generated source: literals travel as constants by reference.
 */
package dev.millrace.codegen;
