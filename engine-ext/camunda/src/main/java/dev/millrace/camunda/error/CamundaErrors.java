// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.error;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.StoredDeadLetter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/** The catalogue of this module. */
public final class CamundaErrors {
  /** What an operator may do about a rollback that stopped. */
  private static final String DECIDE =
      "Repair the rows and retry, or resume with 'skip' (such rows stay as they are) or 'force'"
          + " (their old values are put back all the same); what is final stays in either case";

  private CamundaErrors() {}

  public static MillraceException unknownProperty(String name, Collection<String> known) {
    return sql(1, "property '%s' is unknown here; known are %s", name, String.join(", ", known));
  }

  public static MillraceException repeatedProperty(String name) {
    return sql(2, "property '%s' is given twice; keep one", name);
  }

  public static MillraceException scriptMissing() {
    return sql(
        3,
        "a stream task needs its script: property 'stream.script' (a resource of this deployment)"
            + " or 'stream.sql' (the text)");
  }

  public static MillraceException scriptTwice() {
    return sql(4, "both 'stream.script' and 'stream.sql' are given; keep one");
  }

  public static MillraceException badValue(String name, String value, Collection<String> allowed) {
    return sql(5, "property '%s' is '%s'; allowed are %s", name, value, String.join(", ", allowed));
  }

  public static MillraceException scriptNotInDeployment(
      String script, Collection<String> candidates) {
    return sql(
        6,
        "script '%s' is not in this deployment%s; deploy it together with the model (a deployment"
            + " of changed resources only must hold it too) or name 'classpath:…'",
        script,
        candidates.isEmpty() ? "" : ", which holds " + String.join(", ", candidates));
  }

  public static MillraceException scriptAmbiguous(String script, Collection<String> candidates) {
    return sql(
        7,
        "script '%s' may be any of %s; write its full name",
        script,
        String.join(", ", candidates));
  }

  public static MillraceException scriptNotOnClasspath(String script) {
    return sql(8, "script '%s' is not on the class path", script);
  }

  public static MillraceException unboundedTask(String script) {
    return sql(
        9,
        "script '%s' reads an unbounded source, so the stream task would never end; bound the"
            + " source, or deploy it as a pipeline with SET 'millrace.start' = 'on-deployment'",
        script);
  }

  public static MillraceException handlerNotForCompensation() {
    return sql(10, "${streamRollback} must be a compensation handler: set isForCompensation");
  }

  public static MillraceException taskForCompensation() {
    return sql(
        11, "${streamTask} cannot be a compensation handler; its rollback is ${streamRollback}");
  }

  public static MillraceException onlyServiceTasks(String expression) {
    return sql(12, "%s works on a service task only", expression);
  }

  public static MillraceException finalSink(String table, String script) {
    return sql(
        13,
        "script '%s' writes table '%s', whose effect is final and cannot be rolled back; a task"
            + " with the handler ${streamRollback} must not write it, unless the handler says by"
            + " 'stream.onFinal' what becomes of it: ask, keep or cancel",
        script,
        table);
  }

  public static MillraceException handlerOfOther(String activity) {
    return sql(
        14,
        "${streamRollback} is attached to '%s', which is no stream task: it has no journal",
        activity);
  }

  public static MillraceException handlerShared(Collection<String> activities) {
    return sql(
        15,
        "${streamRollback} is attached to %s; give each stream task a handler of its own",
        String.join(" and ", activities));
  }

  public static MillraceException pipelineWithoutName(String script) {
    return sql(
        16, "script '%s' starts on deployment and needs a name: SET 'pipeline.name' = '…'", script);
  }

  public static MillraceException pipelineTwice(String pipeline, String script, String other) {
    return sql(
        17, "pipeline '%s' is in both '%s' and '%s' of this deployment", pipeline, script, other);
  }

  public static MillraceException badStart(String script, String value) {
    return sql(
        18,
        "script '%s' has SET 'millrace.start' = '%s'; the only value is 'on-deployment'",
        script,
        value);
  }

  public static MillraceException stateLost(String pipeline, String script) {
    return sql(
        19,
        "pipeline '%1$s' stopped after it had read and committed rows, and what its GROUP BY,"
            + " windows or joins in '%2$s' remembered of them is lost: going on would write wrong"
            + " results; deploy it under another 'pipeline.name' to read from the start, or keep"
            + " aggregation and joins out of pipelines",
        pipeline,
        script);
  }

  public static MillraceException stateRefused(String pipeline, Collection<String> differences) {
    return sql(
        20,
        "pipeline '%s' remembers rows, and this script could not go on with them:\n  %s\nDeploy it"
            + " under another 'pipeline.name', or let the old script fire its windows and end first"
            + " (SET 'millrace.on-redeploy' = 'drain'), or give up what it remembers"
            + " (SET 'millrace.on-redeploy' = 'discard-state')",
        pipeline,
        String.join("\n  ", differences));
  }

  public static MillraceException stateOfOldRelease(String pipeline) {
    return sql(
        21,
        "pipeline '%s' was run by a release that kept no state, so its sums, windows or joins"
            + " cannot go on; deploy it under another 'pipeline.name', or let it begin with nothing"
            + " at its positions (SET 'millrace.on-redeploy' = 'discard-state')",
        pipeline);
  }

  public static MillraceException nothingToDrain(String pipeline) {
    return sql(
        22,
        "pipeline '%s' cannot be drained: the deployment of its script was deleted; give up what it"
            + " remembers with SET 'millrace.on-redeploy' = 'discard-state'",
        pipeline);
  }

  /** Says nothing of whose it is, nor what it does. */
  public static MillraceException pipelineOfOthers(String pipeline) {
    return sql(
        23, "a pipeline named '%s' belongs to others; choose another 'pipeline.name'", pipeline);
  }

  public static MillraceException sourcesRefused(String pipeline, Collection<String> differences) {
    return sql(
        24,
        "pipeline '%s' has read its tables up to positions that mean nothing to this script:\n  %s\n"
            + "Give what is another source a name of its own: it then begins as its start option"
            + " says. Or let all that has changed begin so, at once (SET 'millrace.on-redeploy' ="
            + " 'discard-state', which also gives up what the pipeline remembers) or once the old"
            + " script has ended (SET 'millrace.on-redeploy' = 'drain')",
        pipeline,
        String.join("\n  ", differences));
  }

  public static MillraceException foreignSignal(String activity) {
    return create(
        ErrorCategory.DATA,
        30,
        "stream task '%s' is completed by its run; a signal from elsewhere is refused",
        activity);
  }

  public static MillraceException taskNotValidated(String activity) {
    return create(
        ErrorCategory.SQL,
        31,
        "stream task '%s' was deployed without Millrace and is not valid; deploy its model again to"
            + " see what is wrong",
        activity);
  }

  public static MillraceException activityGone(String activity, String activityInstance) {
    return create(
        ErrorCategory.INTERNAL,
        32,
        "activity instance '%s' of '%s' has gone without cancelling its run",
        activityInstance,
        activity);
  }

  public static MillraceException takenOverTooOften(int taken, int allowed) {
    return create(
        ErrorCategory.INTERNAL,
        33,
        "its node died %d times while at work on it, which may be what kills it; look for the cause"
            + " (memory, a library's crash), then retry, or raise 'millrace.max-takeovers' (now"
            + " %d)",
        taken,
        allowed);
  }

  /**
   * @param changes what would have been undone
   */
  public static MillraceException conflicts(
      String activity, Collection<String> reasons, Collection<String> changes) {
    return create(
        ErrorCategory.DATA,
        40,
        "rollback of '%s' found rows that have changed since or effects that are final, and changed"
            + " nothing:\n%s%s\n%s",
        activity,
        String.join("\n", reasons),
        changes.isEmpty() ? "" : "\nwould change:\n" + String.join("\n", changes),
        DECIDE);
  }

  public static MillraceException orderConflicts(Collection<String> reasons) {
    return create(
        ErrorCategory.DATA,
        42,
        "the rollback found rows that have changed since or effects that are final, and changed"
            + " nothing:\n%s\n%s",
        String.join("\n", reasons),
        DECIDE);
  }

  public static MillraceException notCompensatable(String processInstance, Instant since) {
    return create(
        ErrorCategory.DATA,
        43,
        "process instance '%s' is not compensatable since %s: its journal was removed with its"
            + " history; undo what it did by hand, and give its process a longer historyTimeToLive",
        processInstance,
        since);
  }

  public static MillraceException noRuns(String processInstance) {
    return create(
        ErrorCategory.DATA,
        44,
        "no run of process instance '%s' is known: there is nothing to roll back",
        processInstance);
  }

  public static MillraceException noSuchRun(String runId) {
    return create(ErrorCategory.DATA, 41, "there is no run '%s'", runId);
  }

  public static MillraceException noSuchPipeline(String name) {
    return create(ErrorCategory.DATA, 45, "there is no pipeline '%s'", name);
  }

  public static MillraceException pipelineState(
      String name, String state, Collection<String> expected) {
    return create(
        ErrorCategory.DATA,
        46,
        "pipeline '%s' is %s; this can be asked of one that is %s",
        name,
        state,
        expected.stream().sorted().collect(Collectors.joining(" or ")));
  }

  public static MillraceException unknownMessage(long id) {
    return create(
        ErrorCategory.DATA,
        63,
        "the inbox has no message %d: its id is wrong, or it was delivered or expired longer than"
            + " 'millrace.inbox.keep' ago; list what is there",
        id);
  }

  public static MillraceException messageTaken(long id, String processInstanceId) {
    return create(
        ErrorCategory.DATA,
        64,
        "message %d was taken by process instance %s before: it starts no other; look at that"
            + " instance, or start one without it",
        id,
        processInstanceId);
  }

  public static MillraceException inboxFull(long limit) {
    return create(
        ErrorCategory.RESOURCE,
        62,
        "the inbox holds %d messages that wait for a subscriber or an operator; decide what becomes"
            + " of them, or raise 'millrace.inbox.limit' (now %d; 'inboxLimit' of the plugin)",
        limit,
        limit);
  }

  public static MillraceException noPublisher(String target, Collection<String> known) {
    return create(
        ErrorCategory.CONNECTOR,
        60,
        "records wait to be sent to '%s', and no connector here sends there; there are %s",
        target,
        known);
  }

  public static MillraceException outboxBehind(String target, long taken, long committed) {
    return create(
        ErrorCategory.INTERNAL,
        61,
        "'%s' has taken record %s of this outbox, which has only committed %s: was the engine's"
            + " database put back to an older state? Set MR_OUTBOX_COUNTER.LAST_SEQ of that target"
            + " to %s or more once it is clear what was sent",
        target,
        taken,
        committed,
        taken);
  }

  public static MillraceException tooManyDeadLetters(String pipeline, long max) {
    return create(
        ErrorCategory.DATA,
        47,
        "pipeline '%s' has more than %d open dead letters; replay or discard them, or raise"
            + " 'millrace.max-dead-letters'",
        pipeline,
        max);
  }

  public static MillraceException noSuchDeadLetter(long id) {
    return create(ErrorCategory.DATA, 48, "there is no dead letter %d", id);
  }

  public static MillraceException deadLetterEnded(long id, String state) {
    return create(
        ErrorCategory.DATA,
        49,
        "dead letter %d is %s: %s",
        id,
        state,
        state.equals(StoredDeadLetter.State.REQUESTED.name())
            ? "its pipeline processes it as soon as it runs; start or resume it"
            : "nothing more can be done with it; put what is still missing where the script reads");
  }

  public static MillraceException deadLetterOfRun(long id, String run, String state) {
    return create(
        ErrorCategory.DATA,
        52,
        "dead letter %d is of run %s, which is %s: only to what a run has COMPLETED can a row be"
            + " added later; discard the letter",
        id,
        run,
        state);
  }

  public static MillraceException deadLetterNotReplayable(long id, boolean masked) {
    return create(
        ErrorCategory.DATA,
        53,
        "dead letter %d cannot be replayed as it is, as %s; replay corrected rows, with the table"
            + " they are of",
        id,
        masked ? "some of it is masked" : "it is not known which record it was");
  }

  public static MillraceException deadLetterUnderWay(long id, String pipeline) {
    return create(
        ErrorCategory.DATA,
        70,
        "dead letter %d is about to be replayed by pipeline '%s'; pause the pipeline to discard it",
        id,
        pipeline);
  }

  public static MillraceException correctionTooLarge(long id) {
    return create(
        ErrorCategory.DATA,
        71,
        "what shall be processed in place of dead letter %d is larger than 1 MiB; put it where the"
            + " pipeline reads, and discard the letter",
        id);
  }

  public static MillraceException deadLetterTable(long id) {
    return create(
        ErrorCategory.DATA,
        54,
        "dead letter %d was found in between: say of which table the corrected rows are",
        id);
  }

  public static MillraceException pathOutside(String path, Collection<String> roots) {
    return sql(
        50,
        "path '%s' is not below a configured folder; paths are '<folder>/<relative>' with %s",
        path,
        roots.isEmpty() ? "no folder configured" : "folder " + String.join(" or ", roots));
  }

  public static MillraceException badSecretName(String place) {
    return create(
        ErrorCategory.CONNECTOR,
        55,
        "setting '%s' names a secret, but not as 'secret:<name>' with letters, digits, '.', '_' and"
            + " '-'",
        place);
  }

  public static MillraceException noSecret(String place, String name, Collection<String> looked) {
    return create(
        ErrorCategory.CONNECTOR,
        56,
        "setting '%s' names secret '%s', which is not there; looked for: %s",
        place,
        name,
        String.join(", ", looked));
  }

  public static MillraceException badSecret(String place, String name, Path file, String why) {
    return create(
        ErrorCategory.CONNECTOR,
        57,
        "setting '%s' names secret '%s', but file %s %s",
        place,
        name,
        file,
        why);
  }

  public static MillraceException badSetting(String name, String value, String expected) {
    return create(
        ErrorCategory.SQL,
        51,
        "setting '%s' of the Millrace plugin is '%s'; expected %s",
        name,
        value,
        expected);
  }

  private static MillraceException sql(int number, String message, Object... values) {
    return create(ErrorCategory.SQL, number, message, values);
  }

  private static MillraceException create(
      ErrorCategory category, int number, String message, Object... values) {
    return new MillraceException(ErrorCode.of("BPMN", category, number), message.formatted(values));
  }
}
