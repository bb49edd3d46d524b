// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import java.util.Optional;

/** What becomes of fields that are absent, empty, too many or bad: the options' values. */
record CsvRules(
    boolean ignoreParseErrors,
    boolean ignoreTrailing,
    boolean allowTrailingDelimiter,
    boolean failOnMissing,
    boolean emptyIsNull,
    Optional<String> nullLiteral) {}
