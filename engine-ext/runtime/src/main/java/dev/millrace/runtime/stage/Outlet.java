// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import java.util.Arrays;

/** Hands what a vertex yields to all that read it. Single-threaded; does not allocate. */
final class Outlet implements Output, Inlet {
  private Inlet[] targets = {};

  void connect(Inlet target) {
    targets = Arrays.copyOf(targets, targets.length + 1);
    targets[targets.length - 1] = target;
  }

  @Override
  public void rows(RowBatch batch) throws Exception {
    for (Inlet target : targets) {
      target.rows(batch);
    }
  }

  @Override
  public void parts(Splits all) throws Exception {
    for (Inlet target : targets) {
      target.parts(all);
    }
  }

  @Override
  public void watermark(long micros) throws Exception {
    for (Inlet target : targets) {
      target.watermark(micros);
    }
  }

  @Override
  public void idle(boolean now) throws Exception {
    for (Inlet target : targets) {
      target.idle(now);
    }
  }

  @Override
  public void end() throws Exception {
    for (Inlet target : targets) {
      target.end();
    }
  }
}
