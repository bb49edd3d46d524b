// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several sources as one, asked in order. Their claims have ids of their own. */
public record WorkSources(List<WorkSource> sources) implements WorkSource {
  @Override
  public List<? extends Work> claim(int max) throws SQLException {
    List<Work> works = new ArrayList<>();
    for (WorkSource source : sources) {
      works.addAll(source.claim(max - works.size()));
    }
    return works;
  }

  @Override
  public Set<Claim> renew(Collection<Claim> held) throws SQLException {
    Set<Claim> kept = new HashSet<>();
    for (WorkSource source : sources) {
      kept.addAll(source.renew(held));
    }
    return kept;
  }

  @Override
  public void release() throws SQLException {
    for (WorkSource source : sources) {
      source.release();
    }
  }
}
