// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.plan.expression.Expression.Call;
import dev.millrace.plan.expression.Expression.Input;
import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After warm-up a row costs no allocation. */
class AllocationTest {
  private static final DataType TIME = DataType.timestamp(3);
  private static final DataType TOTAL = DataType.decimal(38, 2);
  private static final RowType BIDS =
      RowType.of(
          new Column("auction", DataType.BIGINT),
          new Column("price", DataType.decimal(10, 2)),
          new Column("at", TIME));
  private static final int WARM_UP_ROWS = 600_000;
  private static final int MEASURED_ROWS = 500_000;
  private static final int ROWS = WARM_UP_ROWS + 5 * MEASURED_ROWS;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Counts what the thread allocates in each of several spans behind the warm-up: where the
   * compiler has little time, the first ones are warm-up, too.
   */
  private static final class Bids implements TableSource {
    private long leastBytes = Long.MAX_VALUE;

    @Override
    public Boundedness boundedness() {
      return Boundedness.BOUNDED;
    }

    @Override
    public RowSource open(SourceContext context) {
      return new RowSource() {
        private int next;
        private int spanEnd = WARM_UP_ROWS;
        private long bytesBefore;

        @Override
        public Status poll(RowBatch batch) {
          if (next >= spanEnd) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            if (spanEnd > WARM_UP_ROWS) {
              leastBytes = Math.min(leastBytes, bytes - bytesBefore);
            }
            bytesBefore = bytes;
            spanEnd += MEASURED_ROWS;
          }
          if (next >= ROWS) {
            return Status.END;
          }
          while (!batch.isFull()) {
            int row = batch.add(ChangeKind.INSERT);
            batch.setLong(row, 0, next % 1000);
            batch.setLong(row, 1, next % 777);
            batch.setLong(row, 2, next * 1000L);
            next++;
          }
          return Status.MORE;
        }
      };
    }
  }

  private static final class Nowhere implements TableSink {
    @Override
    public ChangelogMode accepts() {
      return ChangelogMode.ALL;
    }

    @Override
    public EffectClass effectClass() {
      return EffectClass.NONE;
    }

    @Override
    public RowSink open(SinkContext context) {
      return batch -> {};
    }
  }

  private final Bids bids = new Bids();
  private final PlanNode scan =
      new PlanNode.Watermark(new PlanNode.Scan("bids", bids, BIDS), 2, new Input(2, TIME));
  private static final List<AggregateCall> CALLS =
      List.of(
          new AggregateCall(AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT),
          new AggregateCall(AggregateFunction.SUM, List.of(1), false, -1, TOTAL),
          new AggregateCall(AggregateFunction.MAX, List.of(1), false, -1, DataType.decimal(10, 2)));

  private void assertNothingAllocated(PlanNode query) throws Exception {
    Insert insert = new Insert("out", new Nowhere(), query.type(), query);
    Plan plan = new Plan("bids.sql", List.of(insert), Map.of(), ZoneOffset.UTC);
    StreamEngine engine =
        new LocalStreamEngine(
            (name, sql) -> {
              throw new AssertionError("plans are built by hand here");
            },
            Clock.systemUTC());
    RunMetrics metrics = engine.run(plan, RunRequest.standalone());
    assertThat(metrics.rowsOut()).isPositive();
    assertThat(bids.leastBytes / (double) MEASURED_ROWS).isLessThan(0.01);
  }

  @Test
  void filteringAndComputing() throws Exception {
    Literal limit = new Literal(500L, DataType.BIGINT.notNull());
    assertNothingAllocated(
        new PlanNode.Calc(
            scan,
            Optional.of(
                new Call(
                    Function.LESS,
                    List.of(new Input(0, DataType.BIGINT), limit),
                    DataType.BOOLEAN)),
            List.of(
                new Call(
                    Function.PLUS, List.of(new Input(0, DataType.BIGINT), limit), DataType.BIGINT)),
            RowType.of(new Column("more", DataType.BIGINT))));
  }

  @Test
  void grouping() throws Exception {
    assertNothingAllocated(
        new PlanNode.GroupAggregate(
            scan,
            List.of(0),
            CALLS,
            RowType.of(
                new Column("auction", DataType.BIGINT),
                new Column("bids", DataType.BIGINT),
                new Column("total", TOTAL),
                new Column("dearest", DataType.decimal(10, 2)))));
  }

  @Test
  void windowing() throws Exception {
    Window window =
        new Window(
            Window.Kind.HOP, 2, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO);
    assertNothingAllocated(
        new PlanNode.WindowAggregate(
            scan,
            window,
            List.of(0),
            CALLS,
            List.of(Window.Property.END),
            RowType.of(
                new Column("auction", DataType.BIGINT),
                new Column("bids", DataType.BIGINT),
                new Column("total", TOTAL),
                new Column("dearest", DataType.decimal(10, 2)),
                new Column("end", TIME))));
  }
}
