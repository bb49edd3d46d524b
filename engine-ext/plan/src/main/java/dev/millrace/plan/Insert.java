// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.type.RowType;

/**
 * A statement that writes: the rows of a query into a table.
 *
 * @param table as declared
 * @param query yields exactly the sink's columns
 */
public record Insert(String table, TableSink sink, RowType sinkType, PlanNode query) {}
