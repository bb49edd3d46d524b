// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import java.util.concurrent.atomic.AtomicInteger;

/** A bean that expressions reach: it sings when one is evaluated. Thread-safe. */
public final class Canary {
  static final String EXPRESSION = "${canary.sing()}";

  private final AtomicInteger songs = new AtomicInteger();

  public String sing() {
    songs.incrementAndGet();
    return "2026-01-01T00:00:00";
  }

  /** How often since asked last. */
  int songs() {
    return songs.getAndSet(0);
  }
}
