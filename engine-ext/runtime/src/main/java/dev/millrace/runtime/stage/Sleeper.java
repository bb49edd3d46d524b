// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Lets the thread of a stage sleep until a ring it reads is written to. */
final class Sleeper {
  private final AtomicReference<Thread> asleep = new AtomicReference<>();

  /** Announces sleep; whoever writes from now on wakes. Look once more for work, then park. */
  void announce() {
    asleep.set(Thread.currentThread());
  }

  void awake() {
    asleep.set(null);
  }

  /** Called by any thread once it has published. */
  void wake() {
    Thread thread = asleep.getAndSet(null);
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
