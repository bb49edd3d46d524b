// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantMemoryTest {
  private static final RowType IDS = RowType.of(new Column("id", DataType.BIGINT));
  private static final int MANY = 20_000;
  private static final int FEW = 100;

  private final StreamEngine engine =
      new LocalStreamEngine(
              (name, sql) -> {
                throw new AssertionError("plans are built by hand here");
              },
              Clock.systemUTC())
          .withMaxMemoryPerTenant(100_000);

  /** So many groups, which are remembered to the end. */
  private int run(Optional<String> tenant, int groups) throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (long id = 0; id < groups; id++) {
      rows.add(Rows.insert(id));
    }
    PlanNode scan = new PlanNode.Scan("ids", Rows.of(rows).perPoll(FEW), IDS);
    PlanNode query = new PlanNode.GroupAggregate(scan, List.of(0), List.of(), IDS);
    Collected sink = Collected.all();
    Plan plan =
        new Plan("ids.sql", List.of(new Insert("out", sink, IDS, query)), Map.of(), ZoneOffset.UTC);
    engine.run(
        plan,
        RunRequest.standalone()
            .withServices(
                Services.none()
                    .with(
                        Origin.class,
                        Origin.ofRun(
                            "run", new Origin.Task("process", "instance", "task"), tenant))));
    return sink.folded().size();
  }

  @Test
  void aTenantsRunsTakeNoMoreThanTheirShareAndGiveItBack() throws Exception {
    assertThat(run(Optional.empty(), MANY)).isEqualTo(MANY);
    for (int time = 0; time < 3; time++) {
      assertThatThrownBy(() -> run(Optional.of("a"), MANY))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("tenant 'a'")
          .hasMessageContaining("millrace.max-memory-per-tenant")
          .extracting(thrown -> ((MillraceException) thrown).category())
          .isEqualTo(ErrorCategory.RESOURCE);
      assertThat(run(Optional.of("a"), FEW)).isEqualTo(FEW);
    }
    assertThat(run(Optional.of("b"), FEW)).isEqualTo(FEW);
  }
}
