// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

/** What happens between batches. Called on the thread that runs the dataflow. */
public interface Boundary {
  /** Nothing happens. */
  Boundary NONE =
      new Boundary() {
        @Override
        public void begin(Cut cut) {}

        @Override
        public void repeating() {}

        @Override
        public void between(Cut cut, boolean paused) {}

        @Override
        public void end(Cut cut) {}
      };

  /**
   * Before each batch that is repeated, until the run goes on where it was.
   *
   * @throws InterruptedException if the run shall stop
   */
  void repeating() throws Exception;

  /** Once, when the run is where it was, before anything new is read. */
  void begin(Cut cut) throws Exception;

  /**
   * Between two rounds of reading: in a run of one stage, all that was read has reached the sinks.
   *
   * @param paused nothing is at hand
   */
  void between(Cut cut, boolean paused) throws Exception;

  /** How many rows are read at most between two calls that commit. Always the same one. */
  default CommitRoom room() {
    return CommitRoom.BOUNDLESS;
  }

  /**
   * All input has ended without failure, all threads but this are gone, and the sinks that write by
   * themselves are finished.
   */
  void end(Cut cut) throws Exception;
}
