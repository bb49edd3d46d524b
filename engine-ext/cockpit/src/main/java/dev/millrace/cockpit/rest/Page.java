// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.cockpit.access.CockpitErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of a list of which one may see some: first and max count what one may see.
 *
 * @param first how many are passed over
 * @param max how many are wanted
 */
record Page(int first, int max) {
  private static final int DEFAULT_MAX = 1000;
  private static final int MOST = 10_000;
  private static final int CHUNK = 500;

  /** Reads a part of the whole list. */
  @FunctionalInterface
  interface Source<T> {
    List<T> read(int first, int max) throws SQLException;
  }

  /**
   * @param firstResult null for the beginning
   * @param maxResults null for the default
   */
  static Page of(Integer firstResult, Integer maxResults) {
    int first = firstResult == null ? 0 : firstResult;
    int max = maxResults == null ? DEFAULT_MAX : maxResults;
    if (first < 0 || max < 0 || max > MOST) {
      throw CockpitErrors.badRequest(
          "'firstResult' must be 0 or more, 'maxResults' between 0 and " + MOST);
    }
    return new Page(first, max);
  }

  /** All of a list, for a count. */
  static Page all() {
    return new Page(0, Integer.MAX_VALUE);
  }

  <T> List<T> read(Source<T> source, Predicate<T> visible) {
    List<T> seen = new ArrayList<>();
    int skipped = 0;
    int at = 0;
    List<T> chunk;
    do {
      chunk = chunk(source, at);
      at += chunk.size();
      for (T each : chunk) {
        if (seen.size() < max && visible.test(each) && skipped++ >= first) {
          seen.add(each);
        }
      }
    } while (chunk.size() == CHUNK && seen.size() < max);
    return seen;
  }

  <T> long count(Source<T> source, Predicate<T> visible) {
    long count = 0;
    int at = 0;
    List<T> chunk;
    do {
      chunk = chunk(source, at);
      at += chunk.size();
      count += chunk.stream().filter(visible).count();
    } while (chunk.size() == CHUNK);
    return count;
  }

  private static <T> List<T> chunk(Source<T> source, int at) {
    try {
      return source.read(at, CHUNK);
    } catch (SQLException e) {
      throw StoreCalls.unreadable(e);
    }
  }
}
