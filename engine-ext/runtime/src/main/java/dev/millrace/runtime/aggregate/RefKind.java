// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.runtime.state.Weighed;
import java.util.function.Supplier;

/** What a reference of a group is, so that it can be written down and read again. Immutable. */
public final class RefKind {
  private final ValueKind value;
  private final Supplier<? extends Stateful> object;

  private RefKind(ValueKind value, Supplier<? extends Stateful> object) {
    this.value = value;
    this.object = object;
  }

  /** Of a key, or a value that is kept. */
  public static RefKind value(ValueKind kind) {
    return new RefKind(kind, null);
  }

  /** {@link WordCounts}. */
  public static RefKind wordCounts() {
    return new RefKind(ValueKind.NONE, WordCounts::new);
  }

  /** {@link ValueCounts} of such values. */
  public static RefKind valueCounts(ValueKind kind) {
    return new RefKind(ValueKind.NONE, () -> new ValueCounts(kind));
  }

  /** {@link OrderedValues}. */
  public static RefKind ordered(OrderedValues.Order order) {
    return new RefKind(ValueKind.NONE, () -> new OrderedValues(order));
  }

  /** {@link ArrivedValues} of such values. */
  public static RefKind arrived(ValueKind kind) {
    return new RefKind(ValueKind.NONE, () -> new ArrivedValues(kind));
  }

  /** {@link TextList}. */
  public static RefKind texts() {
    return new RefKind(ValueKind.NONE, TextList::new);
  }

  /** About how much memory a reference takes. */
  long heapBytes(Object ref) {
    return ref instanceof Weighed object ? object.heapBytes() : value.heapBytes(ref);
  }

  void write(Object ref, StateWriter out) {
    if (object == null) {
      out.value(value, ref);
      return;
    }
    out.flag(ref != null);
    if (ref != null) {
      ((Stateful) ref).snapshot(out);
    }
  }

  Object read(StateReader in) {
    if (object == null) {
      return in.value(value);
    }
    if (!in.flag()) {
      return null;
    }
    Stateful read = object.get();
    read.restore(in);
    return read;
  }
}
