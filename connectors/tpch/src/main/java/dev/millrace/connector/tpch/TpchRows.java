// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import io.trino.tpch.TpchEntity;
import java.util.Iterator;
import java.util.List;

/** Single-threaded. A position is the number of the next row in the whole table, from 0. */
final class TpchRows<E extends TpchEntity> implements RewindableSource {
  private final Iterator<E> entities;
  private final List<TpchCell<E>> cells;
  private final RowRate rate;
  private long wanted;
  private long next;

  TpchRows(Iterator<E> entities, List<TpchCell<E>> cells, RowRate rate, long startRow) {
    this.entities = entities;
    this.cells = cells;
    this.rate = rate;
    wanted = startRow;
  }

  @Override
  public Status poll(RowBatch batch) {
    skip();
    long due = Math.min(rate.due(), batch.room());
    for (long i = 0; i < due && entities.hasNext(); i++) {
      addRow(batch, entities.next());
      next++;
      rate.give(1);
    }
    wanted = next;
    if (!entities.hasNext()) {
      return Status.END;
    }
    return batch.isFull() ? Status.MORE : Status.IDLE;
  }

  private void skip() {
    while (next < wanted && entities.hasNext()) {
      entities.next();
      next++;
    }
  }

  private void addRow(RowBatch batch, E entity) {
    int row = batch.add(ChangeKind.INSERT);
    for (int i = 0; i < cells.size(); i++) {
      cells.get(i).set(batch, row, entity);
    }
  }

  @Override
  public String position() {
    return Long.toString(wanted);
  }

  @Override
  public void seek(String position) {
    wanted = Long.parseLong(position);
  }
}
