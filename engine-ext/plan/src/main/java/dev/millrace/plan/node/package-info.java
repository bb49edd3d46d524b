// SPDX-License-Identifier: Apache-2.0
/** The operators of a plan. Read first: {@link dev.millrace.plan.node.PlanNode}. */
package dev.millrace.plan.node;
