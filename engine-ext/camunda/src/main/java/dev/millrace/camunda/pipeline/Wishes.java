// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.store.PipelineWish;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What operators want of the pipelines of this node, as last read. Thread-safe. */
public final class Wishes {
  private final Map<String, PipelineWish> byPipeline = new ConcurrentHashMap<>();
  private final Set<String> replays = ConcurrentHashMap.newKeySet();

  /** Null if nothing is wanted. */
  PipelineWish of(String pipeline) {
    return byPipeline.get(pipeline);
  }

  /** Whether an operator wants letters of it to be replayed; asking is seeing to it. */
  boolean takeReplays(String pipeline) {
    return !replays.isEmpty() && replays.remove(pipeline);
  }

  void fulfilled(String pipeline) {
    byPipeline.remove(pipeline);
  }

  void readReplays(Set<String> pipelines) {
    replays.retainAll(pipelines);
    replays.addAll(pipelines);
  }

  void read(Map<String, PipelineWish> stored) {
    byPipeline.keySet().retainAll(stored.keySet());
    byPipeline.putAll(stored);
  }
}
