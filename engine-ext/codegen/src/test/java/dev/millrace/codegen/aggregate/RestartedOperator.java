// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.runtime.state.Snapshot;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An operator that does not live long: after every call its state goes into a snapshot, and a new
 * one takes it over.
 */
final class RestartedOperator implements Operator {
  private static final long MANY_BYTES = 1 << 26;

  private final Supplier<? extends Operator> factory;
  private final boolean byteByByte;
  private Operator operator;
  private OperatorContext context;
  private byte[] snapshot;

  RestartedOperator(Supplier<? extends Operator> factory) {
    this(factory, true);
  }

  /**
   * @param byteByByte a restored operator writes the very bytes it has read
   */
  RestartedOperator(Supplier<? extends Operator> factory, boolean byteByByte) {
    this.factory = factory;
    this.byteByByte = byteByByte;
    operator = factory.get();
  }

  @Override
  public void open(OperatorContext stage) throws Exception {
    context = stage;
    operator.open(stage);
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    operator.rows(input, batch, out);
    restart();
  }

  @Override
  public void watermark(long micros, Output out) throws Exception {
    operator.watermark(micros, out);
    restart();
  }

  @Override
  public void pause(Output out) throws Exception {
    operator.pause(out);
    restart();
  }

  private void restart() throws Exception {
    snapshot = Snapshot.write(Map.of(), Map.of("it", (Stateful) operator), MANY_BYTES);
    operator = restored(snapshot);
    byte[] again = Snapshot.write(Map.of(), Map.of("it", (Stateful) operator), MANY_BYTES);
    if (byteByByte && !Arrays.equals(snapshot, again)) {
      throw new AssertionError("what was restored is not what was stored");
    }
  }

  /** A new operator with the state of those bytes. */
  Operator restored(byte[] bytes) throws Exception {
    Operator fresh = factory.get();
    fresh.open(context);
    ((Stateful) fresh).restore(Snapshot.read(bytes, MANY_BYTES).part("it"));
    return fresh;
  }

  /** The last one taken. */
  byte[] snapshot() {
    return snapshot;
  }
}
