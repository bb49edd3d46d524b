// SPDX-License-Identifier: Apache-2.0
/**
 * State of aggregates. Hot code; read first: {@link dev.millrace.runtime.aggregate.GroupTable}.
 *
 * <p>What fits words lies in the table itself; what does not is an object of the group: values that
 * count once ({@link dev.millrace.runtime.aggregate.Counts}), values in order, values as they came.
 */
package dev.millrace.runtime.aggregate;
