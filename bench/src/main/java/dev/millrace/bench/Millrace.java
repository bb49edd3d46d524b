// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The SQL text of the query, by Millrace on one lane. */
final class Millrace implements Contender {
  private final ChecksumSink sink = new ChecksumSink();
  private final MemoryBids bids;
  private final StreamEngine engine;
  private final Map<Query, Plan> plans = new EnumMap<>(Query.class);

  Millrace(Event[] events) {
    bids = new MemoryBids(events);
    engine =
        LocalStreamEngine.of(List.of(bids, sink), List.of(), Services.none(), Clock.systemUTC());
  }

  @Override
  public String name() {
    return "millrace";
  }

  @Override
  public Checksum.Outcome run(Query query, int passes) throws InterruptedException {
    Plan plan = plans.computeIfAbsent(query, q -> engine.validate(q + ".sql", q.script()));
    bids.passes(passes);
    Checksum checksum = sink.reset();
    engine.run(plan, RunRequest.standalone());
    return checksum.outcome();
  }
}
