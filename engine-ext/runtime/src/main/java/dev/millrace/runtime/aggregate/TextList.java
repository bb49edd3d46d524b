// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import java.util.ArrayList;
import java.util.List;

/** The strings of a LISTAGG. Single-threaded; allocates. */
public final class TextList {
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

  /** All, separated; null without any. */
  public String joined() {
    return texts.isEmpty() ? null : String.join(separator, texts);
  }
}
