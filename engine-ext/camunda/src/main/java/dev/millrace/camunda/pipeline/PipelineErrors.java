// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;
import java.util.stream.Collectors;

/** What is wrong with a pipeline, or with going on with one: 19 to 24 and 45 to 47. */
public final class PipelineErrors {
  private PipelineErrors() {}

  public static MillraceException stateLost(String pipeline, String script) {
    return BpmnRange.sql(
        19,
        "pipeline '%1$s' stopped after it had read and committed rows, and what its GROUP BY,"
            + " windows or joins in '%2$s' remembered of them is lost: going on would write wrong"
            + " results; deploy it under another 'pipeline.name' to read from the start, or keep"
            + " aggregation and joins out of pipelines",
        pipeline,
        script);
  }

  public static MillraceException stateRefused(String pipeline, Collection<String> differences) {
    return BpmnRange.sql(
        20,
        "pipeline '%s' remembers rows, and this script could not go on with them:\n  %s\nDeploy it"
            + " under another 'pipeline.name', or let the old script fire its windows and end first"
            + " (SET 'millrace.on-redeploy' = 'drain'), or give up what it remembers"
            + " (SET 'millrace.on-redeploy' = 'discard-state')",
        pipeline,
        String.join("\n  ", differences));
  }

  public static MillraceException stateOfOldRelease(String pipeline) {
    return BpmnRange.sql(
        21,
        "pipeline '%s' was run by a release that kept no state, so its sums, windows or joins"
            + " cannot go on; deploy it under another 'pipeline.name', or let it begin with nothing"
            + " at its positions (SET 'millrace.on-redeploy' = 'discard-state')",
        pipeline);
  }

  public static MillraceException nothingToDrain(String pipeline) {
    return BpmnRange.sql(
        22,
        "pipeline '%s' cannot be drained: the deployment of its script was deleted; give up what it"
            + " remembers with SET 'millrace.on-redeploy' = 'discard-state'",
        pipeline);
  }

  /** Says nothing of whose it is, nor what it does. */
  public static MillraceException pipelineOfOthers(String pipeline) {
    return BpmnRange.sql(
        23, "a pipeline named '%s' belongs to others; choose another 'pipeline.name'", pipeline);
  }

  public static MillraceException sourcesRefused(String pipeline, Collection<String> differences) {
    return BpmnRange.sql(
        24,
        "pipeline '%s' has read its tables up to positions that mean nothing to this script:\n  %s\n"
            + "Give what is another source a name of its own: it then begins as its start option"
            + " says. Or let all that has changed begin so, at once (SET 'millrace.on-redeploy' ="
            + " 'discard-state', which also gives up what the pipeline remembers) or once the old"
            + " script has ended (SET 'millrace.on-redeploy' = 'drain')",
        pipeline,
        String.join("\n  ", differences));
  }

  public static MillraceException noSuchPipeline(String name) {
    return BpmnRange.data(45, "there is no pipeline '%s'", name);
  }

  public static MillraceException pipelineState(
      String name, String state, Collection<String> expected) {
    return BpmnRange.data(
        46,
        "pipeline '%s' is %s; this can be asked of one that is %s",
        name,
        state,
        expected.stream().sorted().collect(Collectors.joining(" or ")));
  }

  public static MillraceException tooManyDeadLetters(String pipeline, long max) {
    return BpmnRange.data(
        47,
        "pipeline '%s' has more than %d open dead letters; replay or discard them, or raise"
            + " 'millrace.max-dead-letters'",
        pipeline,
        max);
  }
}
