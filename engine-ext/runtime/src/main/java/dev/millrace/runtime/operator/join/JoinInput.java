// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.spi.type.RowType;

/**
 * One side of a join. Immutable.
 *
 * @param type of its rows
 * @param keys the columns compared with the other side's, pair by pair; both of a pair are held
 *     alike (one type but for nullability). Empty: every row meets every row.
 */
public record JoinInput(RowType type, int... keys) {}
