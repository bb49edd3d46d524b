// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import java.util.ArrayList;
import java.util.List;

/** The strings of a LISTAGG. Single-threaded; allocates. */
public final class TextList implements Stateful {
  private final List<String> texts = new ArrayList<>();
  private String separator = ",";

  public void add(Object text) {
    texts.add((String) text);
  }

  /** Removes the oldest equal one. */
  public void remove(Object text) {
    texts.remove((String) text);
  }

  public void addAll(TextList other) {
    texts.addAll(other.texts);
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
      texts.add(in.text());
    }
  }

  /** All, separated; null without any. */
  public String joined() {
    return texts.isEmpty() ? null : String.join(separator, texts);
  }
}
