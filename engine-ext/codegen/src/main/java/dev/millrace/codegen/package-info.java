// SPDX-License-Identifier: Apache-2.0
/** Plan to Java to operators; the only sight of a compiler. */
package dev.millrace.codegen;
