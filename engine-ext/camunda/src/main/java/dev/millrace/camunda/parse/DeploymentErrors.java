// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.camunda.error.BpmnRange;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;

/** What is wrong with a model or script that is deployed: 1 to 5 and 9 to 18. */
final class DeploymentErrors {
  private DeploymentErrors() {}

  static MillraceException unknownProperty(String name, Collection<String> known) {
    return BpmnRange.sql(
        1, "property '%s' is unknown here; known are %s", name, String.join(", ", known));
  }

  static MillraceException repeatedProperty(String name) {
    return BpmnRange.sql(2, "property '%s' is given twice; keep one", name);
  }

  static MillraceException scriptMissing() {
    return BpmnRange.sql(
        3,
        "a stream task needs its script: property 'stream.script' (a resource of this deployment)"
            + " or 'stream.sql' (the text)");
  }

  static MillraceException scriptTwice() {
    return BpmnRange.sql(4, "both 'stream.script' and 'stream.sql' are given; keep one");
  }

  static MillraceException badValue(String name, String value, Collection<String> allowed) {
    return BpmnRange.sql(
        5, "property '%s' is '%s'; allowed are %s", name, value, String.join(", ", allowed));
  }

  static MillraceException unboundedTask(String script) {
    return BpmnRange.sql(
        9,
        "script '%s' reads an unbounded source, so the stream task would never end; bound the"
            + " source, or deploy it as a pipeline with SET 'millrace.start' = 'on-deployment'",
        script);
  }

  static MillraceException handlerNotForCompensation() {
    return BpmnRange.sql(
        10, "${streamRollback} must be a compensation handler: set isForCompensation");
  }

  static MillraceException taskForCompensation() {
    return BpmnRange.sql(
        11, "${streamTask} cannot be a compensation handler; its rollback is ${streamRollback}");
  }

  static MillraceException onlyServiceTasks(String expression) {
    return BpmnRange.sql(12, "%s works on a service task only", expression);
  }

  static MillraceException finalSink(String table, String script) {
    return BpmnRange.sql(
        13,
        "script '%s' writes table '%s', whose effect is final and cannot be rolled back; a task"
            + " with the handler ${streamRollback} must not write it, unless the handler says by"
            + " 'stream.onFinal' what becomes of it: ask, keep or cancel",
        script,
        table);
  }

  static MillraceException handlerOfOther(String activity) {
    return BpmnRange.sql(
        14,
        "${streamRollback} is attached to '%s', which is no stream task: it has no journal",
        activity);
  }

  static MillraceException handlerShared(Collection<String> activities) {
    return BpmnRange.sql(
        15,
        "${streamRollback} is attached to %s; give each stream task a handler of its own",
        String.join(" and ", activities));
  }

  static MillraceException pipelineWithoutName(String script) {
    return BpmnRange.sql(
        16, "script '%s' starts on deployment and needs a name: SET 'pipeline.name' = '…'", script);
  }

  static MillraceException pipelineTwice(String pipeline, String script, String other) {
    return BpmnRange.sql(
        17, "pipeline '%s' is in both '%s' and '%s' of this deployment", pipeline, script, other);
  }

  static MillraceException badStart(String script, String value) {
    return BpmnRange.sql(
        18,
        "script '%s' has SET 'millrace.start' = '%s'; the only value is 'on-deployment'",
        script,
        value);
  }
}
