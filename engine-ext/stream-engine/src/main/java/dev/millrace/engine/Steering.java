// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

/**
 * What an operator wants of a pipeline at work. Called on the thread that runs, between batches.
 */
public interface Steering {
  /** What is wanted. */
  enum Wish {
    /** Nothing but that it runs. */
    GO_ON,
    /** Commit now, and store a snapshot. */
    CHECKPOINT,
    /** As {@link #CHECKPOINT}, then stop where it is. */
    PAUSE,
    /** As {@link #CHECKPOINT}, then end here: another node goes on where it is. */
    LEAVE,
    /**
     * Read no more, let event time come to its end so that all windows fire, commit, and end. What
     * was remembered is then used up.
     */
    DRAIN
  }

  /** Asked often: must be quick. */
  Wish wish();

  /** A wish has come true; all but {@link Wish#CHECKPOINT} end the run. */
  void fulfilled(Wish wish) throws Exception;

  /** Nobody wants anything. */
  static Steering none() {
    return new Steering() {
      @Override
      public Wish wish() {
        return Wish.GO_ON;
      }

      @Override
      public void fulfilled(Wish wish) {
        throw new IllegalStateException("nobody asked for " + wish);
      }
    };
  }
}
