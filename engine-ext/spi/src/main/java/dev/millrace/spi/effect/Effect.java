// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One change a sink made, as journaled. Values are of the classes named at {@link
 * dev.millrace.spi.row.RowValues}; maps keep the table's column order and may hold null values.
 *
 * @param connector identifier of the connector that made it and can undo it: {@code jdbc}
 * @param connection the configured connection it went to: {@code engine}
 * @param target the table
 * @param key the columns that identify the row
 * @param before the row before, all its columns; empty if there was none
 * @param after the row after, all its columns; empty if it was deleted
 * @param written the columns the sink wrote; others are not its business
 * @param added what was added to additive columns: undone by subtraction, never compared
 */
public record Effect(
    String connector,
    String connection,
    String target,
    Map<String, Object> key,
    Optional<Map<String, Object>> before,
    Optional<Map<String, Object>> after,
    Set<String> written,
    Map<String, Object> added) {}
