// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A table of given rows in parts, which mix in another way each time they are read: as the
 * partitions of a topic do.
 */
final class PartedRows implements ParallelSource {
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

  /** Nothing is given beyond so many rows of all parts together, where one reads them. */
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
    return open(context, 0, 1);
  }

  @Override
  public int readers(int lanes) {
    return lanes;
  }

  @Override
  public PartedSource open(SourceContext context, int reader, int readers) {
    synchronized (random) {
      return new Reader(new Random(random.nextLong()), reader, readers);
    }
  }

  @Override
  public String position(List<String> shares) {
    return shares.stream().filter(share -> !share.isEmpty()).collect(Collectors.joining(","));
  }

  private final class Reader implements PartedSource {
    private final Random mix;
    private final List<Integer> own = new ArrayList<>();
    private final int[] next = new int[parts.size()];
    private final boolean[] silent;
    private Splits splits;
    private boolean connected;

    Reader(Random mix, int reader, int readers) {
      this.mix = mix;
      for (int part = reader; part < parts.size(); part += readers) {
        own.add(part);
      }
      silent = new boolean[own.size()];
      makeSplits();
    }

    private void makeSplits() {
      splits = new Splits(own.stream().map(part -> "part-" + part).toList(), silent);
    }

    @Override
    public Status poll(RowBatch batch) {
      if (!connected) {
        connected = true;
        batch.split(splits, 0);
        return Status.MORE;
      }
      List<Integer> open =
          own.stream().filter(part -> next[part] < parts.get(part).size()).toList();
      if (open.isEmpty()) {
        return Status.END;
      }
      int part = open.get(mix.nextInt(open.size()));
      int given = own.stream().mapToInt(each -> next[each]).sum();
      int most = (int) Math.min(1 + mix.nextInt(30), limit.get() - given);
      if (falteringParts && mix.nextInt(5) == 0) {
        silent[mix.nextInt(silent.length)] ^= true;
        makeSplits();
      }
      if (most <= 0) {
        return Status.IDLE;
      }
      append(part, most, batch);
      batch.split(splits, own.indexOf(part));
      return Status.MORE;
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
      Map<Integer, Integer> ends = places(end);
      return (name, batch) -> {
        int part = Integer.parseInt(name.substring("part-".length()));
        append(part, ends.getOrDefault(part, 0) - next[part], batch);
        return batch.isFull() ? Status.MORE : Status.END;
      };
    }

    @Override
    public String position() {
      return connected
          ? own.stream().map(part -> part + ":" + next[part]).collect(Collectors.joining(","))
          : null;
    }

    @Override
    public void seek(String position) {
      places(position).forEach((part, place) -> next[part] = place);
    }
  }

  /** How far each part has been read, of {@code part:rows,part:rows}. */
  static Map<Integer, Integer> places(String position) {
    Map<Integer, Integer> places = new HashMap<>();
    for (String place : position.isEmpty() ? new String[0] : position.split(",")) {
      String[] both = place.split(":");
      places.put(Integer.valueOf(both[0]), Integer.valueOf(both[1]));
    }
    return places;
  }
}
