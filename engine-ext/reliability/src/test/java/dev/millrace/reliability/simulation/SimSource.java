// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.Set;

/** The numbers from 1 on, a few at a time; others run in between. */
final class SimSource implements SourceFactory {
  static final int LAST = 12;
  private static final int AT_ONCE = 2;

  @Override
  public String identifier() {
    return "simulated";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSource source(TableContext table) {
    return new TableSource() {
      @Override
      public Boundedness boundedness() {
        return Boundedness.BOUNDED;
      }

      @Override
      public RowSource open(SourceContext context) {
        return new Numbers();
      }
    };
  }

  private static final class Numbers implements RewindableSource {
    private long read;

    @Override
    public Status poll(RowBatch batch) {
      Fibers.pause();
      for (int i = 0; i < AT_ONCE && read < LAST; i++) {
        batch.setLong(batch.add(ChangeKind.INSERT), 0, ++read);
      }
      return read == LAST ? Status.END : Status.MORE;
    }

    @Override
    public String position() {
      return Long.toString(read);
    }

    @Override
    public void seek(String position) {
      read = Long.parseLong(position);
    }
  }
}
