// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;

/** An operator in its stage, with the channels that feed it. Single-threaded. */
final class Step implements Stage.Part, Stateful {
  private final Vertex.Step vertex;
  private final Operator operator;
  private final OperatorContext context;
  private final Channels channels = new Channels();
  private final Outlet out = new Outlet();
  private final MemoryBudget memory;
  private long heldBytes;

  Step(Vertex.Step vertex, Operator operator, OperatorContext context, MemoryBudget memory) {
    this.vertex = vertex;
    this.operator = operator;
    this.context = context;
    this.memory = memory;
  }

  Vertex.Step vertex() {
    return vertex;
  }

  Operator operator() {
    return operator;
  }

  Outlet out() {
    return out;
  }

  /** Event time that has reached the operator. */
  long watermark() {
    return channels.watermark();
  }

  /** A new channel into an input of the operator. */
  Inlet channel(int input) {
    return new Channel(input, channels.add());
  }

  @Override
  public void open() throws Exception {
    operator.open(context);
  }

  @Override
  public void pause() throws Exception {
    operator.pause(out);
  }

  @Override
  public void close() throws Exception {
    hold(0);
    operator.close();
  }

  private void hold(long bytes) {
    long more = bytes - heldBytes;
    if (more != 0) {
      heldBytes = bytes;
      memory.change(more);
    }
  }

  @Override
  public void snapshot(StateWriter state) {
    channels.snapshot(state);
    if (operator instanceof Stateful stateful) {
      stateful.snapshot(state);
    }
  }

  @Override
  public void restore(StateReader state) {
    channels.restore(state);
    if (operator instanceof Stateful stateful) {
      stateful.restore(state);
    }
    state.finish();
  }

  private final class Channel implements Inlet {
    private final int input;
    private final int number;

    Channel(int input, int number) {
      this.input = input;
      this.number = number;
    }

    @Override
    public void rows(RowBatch batch) throws Exception {
      operator.rows(input, batch, out);
      hold(operator.heapBytes());
    }

    @Override
    public void parts(Splits all) throws Exception {
      operator.parts(all, out);
    }

    @Override
    public void watermark(long micros) throws Exception {
      if (channels.advance(number, micros)) {
        operator.watermark(channels.watermark(), out);
      }
    }

    @Override
    public void idle(boolean now) throws Exception {
      boolean before = channels.isIdle();
      if (channels.idle(number, now)) {
        operator.watermark(channels.watermark(), out);
      }
      if (channels.isIdle() != before) {
        out.idle(channels.isIdle());
      }
    }

    @Override
    public void end() throws Exception {
      if (channels.end()) {
        operator.end(out);
        out.end();
      }
    }
  }
}
