// SPDX-License-Identifier: Apache-2.0
/**
 * Flink as the judge: every script under {@code corpus} runs on a live Flink and on Millrace, and
 * what both print is folded into multisets of rows and compared; so are the types of the columns.
 *
 * <pre>
 *   corpus/family/name.sql ─→ Script ─┬→ FlinkOracle    one mini cluster for all ─┬→ Outcome
 *   tables/*.sql, data/*.csv          └→ MillraceSubject, with 1 and with 4 lanes ─┘   compared by
 *                                                                                     CorpusTest
 * </pre>
 *
 * A script is plain Flink SQL with two conveniences of this harness, both expanded before it is
 * run: {@code ${data}} stands for the folder of data files, and a first line {@code -- tables: a,
 * b} puts {@code tables/a.sql} and {@code tables/b.sql} before it. A script may insert into {@code
 * results} without declaring it: it is then a {@code print} table of the types Flink derives. The
 * line {@code -- fails} says that running it is an error, {@code -- refused: X} that Millrace
 * refuses by the name X what Flink supports.
 *
 * <p>{@code flink-faults.txt} names the scripts on which Flink itself is wrong, {@code
 * known-gaps.txt} those on which Millrace still is; the latter must fail, so that the list shrinks.
 */
package dev.millrace.conformance;
