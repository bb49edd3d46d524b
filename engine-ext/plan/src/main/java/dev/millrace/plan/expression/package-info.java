// SPDX-License-Identifier: Apache-2.0
/** Typed expressions over the columns of one row. */
package dev.millrace.plan.expression;
