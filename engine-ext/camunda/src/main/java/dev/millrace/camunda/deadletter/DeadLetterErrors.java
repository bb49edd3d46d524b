// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.StoredDeadLetter;

/** What cannot be done with a dead letter: 48, 49, 52 to 54, 70 and 71. */
final class DeadLetterErrors {
  private DeadLetterErrors() {}

  static MillraceException noSuchDeadLetter(long id) {
    return BpmnRange.data(48, "there is no dead letter %d", id);
  }

  static MillraceException deadLetterEnded(long id, String state) {
    return BpmnRange.data(
        49,
        "dead letter %d is %s: %s",
        id,
        state,
        state.equals(StoredDeadLetter.State.REQUESTED.name())
            ? "its pipeline processes it as soon as it runs; start or resume it"
            : "nothing more can be done with it; put what is still missing where the script reads");
  }

  static MillraceException deadLetterOfRun(long id, String run, String state) {
    return BpmnRange.data(
        52,
        "dead letter %d is of run %s, which is %s: only to what a run has COMPLETED can a row be"
            + " added later; discard the letter",
        id,
        run,
        state);
  }

  static MillraceException deadLetterNotReplayable(long id, boolean masked) {
    return BpmnRange.data(
        53,
        "dead letter %d cannot be replayed as it is, as %s; replay corrected rows, with the table"
            + " they are of",
        id,
        masked ? "some of it is masked" : "it is not known which record it was");
  }

  static MillraceException deadLetterTable(long id) {
    return BpmnRange.data(
        54, "dead letter %d was found in between: say of which table the corrected rows are", id);
  }

  static MillraceException deadLetterUnderWay(long id, String pipeline) {
    return BpmnRange.data(
        70,
        "dead letter %d is about to be replayed by pipeline '%s'; pause the pipeline to discard it",
        id,
        pipeline);
  }

  static MillraceException correctionTooLarge(long id) {
    return BpmnRange.data(
        71,
        "what shall be processed in place of dead letter %d is larger than 1 MiB; put it where the"
            + " pipeline reads, and discard the letter",
        id);
  }
}
