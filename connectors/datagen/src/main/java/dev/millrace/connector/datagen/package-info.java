// SPDX-License-Identifier: Apache-2.0
/**
 * {@code 'connector' = 'datagen'}: made-up rows, at a rate, as Flink's. Bounded with {@code
 * number-of-rows} or a sequence, else without end. A row's random values depend on the run's seed
 * and the row's number only, so a source that is rewound makes the same rows again (but for times,
 * which are the clock's). Read first: {@link dev.millrace.connector.datagen.FieldGenerator}.
 */
package dev.millrace.connector.datagen;
