// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A table of given rows in parts, which mix in another way each time they are read: as the
 * partitions of a topic do.
 */
final class PartedRows implements TableSource {
  private final List<List<Object[]>> parts;
  private final Random random;
  private final boolean falteringParts;

  /** Rows that may be given in all. */
  private final AtomicLong limit = new AtomicLong(Long.MAX_VALUE);

  /**
   * @param falteringParts now and then one is said to be silent
   */
  PartedRows(List<List<Object[]>> parts, long seed, boolean falteringParts) {
    this.parts = parts;
    random = new Random(seed);
    this.falteringParts = falteringParts;
  }

  /** Nothing is given beyond so many rows of all parts together. */
  void limit(long rows) {
    limit.set(rows);
  }

  @Override
  public Boundedness boundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public boolean blocks() {
    return true;
  }

  @Override
  public PartedSource open(SourceContext context) {
    return new Reader(new Random(random.nextLong()));
  }

  private final class Reader implements PartedSource {
    private final Random mix;
    private final int[] next = new int[parts.size()];
    private final boolean[] silent = new boolean[parts.size()];
    private Splits splits;
    private boolean connected;

    Reader(Random mix) {
      this.mix = mix;
      makeSplits();
    }

    private void makeSplits() {
      List<String> names = new ArrayList<>();
      for (int part = 0; part < parts.size(); part++) {
        names.add("part-" + part);
      }
      splits = new Splits(names, silent);
    }

    @Override
    public Status poll(RowBatch batch) {
      if (!connected) {
        connected = true;
        return Status.MORE;
      }
      List<Integer> open = new ArrayList<>();
      long given = 0;
      for (int part = 0; part < next.length; part++) {
        given += next[part];
        if (next[part] < parts.get(part).size()) {
          open.add(part);
        }
      }
      if (open.isEmpty()) {
        return Status.END;
      }
      int part = open.get(mix.nextInt(open.size()));
      int most = (int) Math.min(1 + mix.nextInt(30), limit.get() - given);
      if (falteringParts && mix.nextInt(5) == 0) {
        silent[mix.nextInt(silent.length)] ^= true;
        makeSplits();
      }
      append(part, most, batch);
      batch.split(splits, part);
      return most <= 0 ? Status.IDLE : Status.MORE;
    }

    private void append(int part, int most, RowBatch batch) {
      List<Object[]> rows = parts.get(part);
      for (int i = 0; i < most && next[part] < rows.size() && !batch.isFull(); i++) {
        Object[] cells = rows.get(next[part]++);
        int row = batch.add((ChangeKind) cells[0]);
        for (int column = 1; column < cells.length; column++) {
          RowValues.set(batch, row, column - 1, cells[column]);
        }
      }
    }

    @Override
    public PartReader again(String end) {
      List<String> ends = List.of(end.split(","));
      return (name, batch) -> {
        int part = Integer.parseInt(name.substring("part-".length()));
        append(part, Integer.parseInt(ends.get(part)) - next[part], batch);
        return batch.isFull() ? Status.MORE : Status.END;
      };
    }

    @Override
    public String position() {
      return connected
          ? Arrays.stream(next).mapToObj(Integer::toString).collect(Collectors.joining(","))
          : null;
    }

    @Override
    public void seek(String position) {
      String[] places = position.split(",");
      for (int part = 0; part < next.length; part++) {
        next[part] = Integer.parseInt(places[part]);
      }
    }
  }
}
