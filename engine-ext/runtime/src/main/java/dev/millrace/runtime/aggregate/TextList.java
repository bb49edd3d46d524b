// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.runtime.state.Weighed;
import java.util.ArrayList;
import java.util.List;

/** The strings of a LISTAGG. Single-threaded; allocates. */
public final class TextList implements Stateful, Weighed {
  private final List<String> texts = new ArrayList<>();
  private String separator = ",";
  private long bytes;

  public void add(Object text) {
    texts.add((String) text);
    bytes += ValueKind.TEXT.heapBytes(text);
  }

  /** Removes the oldest equal one. */
  public void remove(Object text) {
    if (texts.remove((String) text)) {
      bytes -= ValueKind.TEXT.heapBytes(text);
    }
  }

  public void addAll(TextList other) {
    other.texts.forEach(this::add);
    separator = other.separator;
  }

  public void separator(Object between) {
    separator = (String) between;
  }

  @Override
  public void snapshot(StateWriter out) {
    out.text(separator);
    out.count(texts.size());
    texts.forEach(out::text);
  }

  @Override
  public void restore(StateReader in) {
    separator = in.text();
    for (int left = in.count(); left > 0; left--) {
      add(in.text());
    }
  }

  @Override
  public long heapBytes() {
    return bytes;
  }

  /** All, separated; null without any. */
  public String joined() {
    return texts.isEmpty() ? null : String.join(separator, texts);
  }
}
