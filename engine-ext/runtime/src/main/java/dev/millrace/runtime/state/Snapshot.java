// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The state of a run between two batches: where its sources were, and what its parts held, by name.
 * Immutable once read.
 */
public final class Snapshot {
  private static final byte[] MAGIC = "MRST".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private final Map<String, String> positions;
  private final Map<String, StateReader> parts;

  private Snapshot(Map<String, String> positions, Map<String, StateReader> parts) {
    this.positions = positions;
    this.parts = parts;
  }

  /** Where each source goes on, by table name. */
  public Map<String, String> positions() {
    return Map.copyOf(positions);
  }

  /** The names of all parts. */
  public Set<String> names() {
    return Set.copyOf(parts.keySet());
  }

  /** What the part of that name has written; to be read once. */
  public StateReader part(String name) {
    StateReader part = parts.get(name);
    if (part == null) {
      throw SnapshotErrors.otherPlan("it lacks " + name);
    }
    return part;
  }

  /**
   * Writes parts down.
   *
   * @param limitBytes of all together; more is an error of category RESOURCE
   */
  public static byte[] write(
      Map<String, String> positions, Map<String, ? extends Stateful> parts, long limitBytes) {
    StateWriter out = new StateWriter(limitBytes);
    out.raw(MAGIC);
    out.number(VERSION);
    out.count(positions.size());
    positions.forEach(
        (table, position) -> {
          out.text(table);
          out.text(position);
        });
    out.count(parts.size());
    parts.forEach(
        (name, part) -> {
          out.text(name);
          int begin = out.beginPart();
          part.snapshot(out);
          out.endPart(begin);
        });
    out.checksum();
    return out.toByteArray();
  }

  /**
   * Reads what was written.
   *
   * @param budgetBytes of memory its parts may take beyond their bytes
   * @throws dev.millrace.spi.error.MillraceException if it is not whole
   */
  public static Snapshot read(byte[] bytes, long budgetBytes) {
    StateReader in = StateReader.checked(bytes, budgetBytes);
    in.check(Arrays.equals(in.raw(MAGIC.length), MAGIC), "no snapshot");
    long version = in.number();
    if (version != VERSION) {
      throw SnapshotErrors.version((int) version, VERSION);
    }
    Map<String, String> positions = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      positions.put(in.text(), in.text());
    }
    Map<String, StateReader> parts = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      parts.put(in.text(), in.part());
    }
    in.finish();
    return new Snapshot(positions, parts);
  }
}
