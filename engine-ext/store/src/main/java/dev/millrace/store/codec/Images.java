// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is told of the rows of an {@link dev.millrace.spi.effect.Effect}, with its meanings. */
public record Images(
    Map<String, Object> key,
    Optional<Map<String, Object>> before,
    Optional<Map<String, Object>> after,
    Set<String> written,
    Map<String, Object> added) {}
