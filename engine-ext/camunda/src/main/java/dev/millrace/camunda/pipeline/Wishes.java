// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.pipeline;

import dev.millrace.store.PipelineWish;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What operators want of the pipelines of this node, as last read. Thread-safe. */
public final class Wishes {
  private final Map<String, PipelineWish> byPipeline = new ConcurrentHashMap<>();

  /** Null if nothing is wanted. */
  PipelineWish of(String pipeline) {
    return byPipeline.get(pipeline);
  }

  void fulfilled(String pipeline) {
    byPipeline.remove(pipeline);
  }

  void read(Map<String, PipelineWish> stored) {
    byPipeline.keySet().retainAll(stored.keySet());
    byPipeline.putAll(stored);
  }
}
