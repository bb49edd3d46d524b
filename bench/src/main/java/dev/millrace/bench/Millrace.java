// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import java.util.EnumMap;
import java.util.Map;

/** The SQL text of the query, by Millrace on one lane. */
final class Millrace implements Contender {
  private final ChecksumSink sink = new ChecksumSink();
  private final StreamEngine engine;
  private final Map<Query, Plan> plans = new EnumMap<>(Query.class);

  Millrace(Event[] events, EngineOverConnectors engines) {
    engine = null;
  }

  @Override
  public String name() {
    return "millrace";
  }

  @Override
  public Checksum.Outcome run(Query query) throws InterruptedException {
    Plan plan =
        plans.computeIfAbsent(query, q -> engine.validate(q + ".sql", q.script()));
    Checksum checksum = sink.reset();
    engine.run(plan, RunRequest.standalone());
    return checksum.outcome();
  }
}
