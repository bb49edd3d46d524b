// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LineageTest {
  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(TestDatabase.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(TestDatabase.POSTGRESQL);
    }
  }

  abstract static class Cases extends StoreTest {
    Cases(TestDatabase database) {
      super(database);
    }

    private void append(String instance, Lineage.Kind kind, String table, String from, String to)
        throws SQLException {
      inTransaction(
          connection -> {
            store
                .lineage()
                .append(connection, instance, kind, new Lineage.Input("orders", table, from, to));
            return null;
          });
    }

    @Test
    void inputsAreFoundByInstanceAndByPosition() throws SQLException {
      append("p1", Lineage.Kind.STARTED, "arriving", "", "10");
      append("p2", Lineage.Kind.STARTED, "arriving", "10", "20");
      append("p1", Lineage.Kind.ADVANCED, "paid", "3", "3");
      assertThat(store.lineage().ofProcessInstance("p1"))
          .extracting(Lineage.Trace::kind)
          .containsExactly(Lineage.Kind.STARTED, Lineage.Kind.ADVANCED);
      assertThat(instances("arriving", "10")).containsExactly("p1", "p2");
      assertThat(instances("paid", "3")).containsExactly("p1");
      assertThat(instances(null, null)).containsExactly("p1", "p2", "p1");
      assertThat(instances("arriving", "11")).containsExactly("p2");
      assertThat(instances("arriving", "25")).isEmpty();
    }

    @Test
    void aRecordOfATopicIsFoundWithinWhatWasRead() throws SQLException {
      append("p1", Lineage.Kind.STARTED, "t", "", "t/0=40,t/1=7");
      append("p2", Lineage.Kind.STARTED, "t", "t/0=40,t/1=7", "t/0=44,t/1=7");
      assertThat(instances("t", "t/0=43")).containsExactly("p2");
      assertThat(instances("t", "t/0=39")).containsExactly("p1");
      assertThat(instances("t", "t/1=7")).isEmpty();
      assertThat(instances("t", "t/2=1")).isEmpty();
      assertThat(instances("t", "no position")).isEmpty();
    }

    private List<String> instances(String table, String position) throws SQLException {
      return store.lineage().ofPipeline("orders", table, position, 0, 10).stream()
          .map(Lineage.Trace::processInstanceId)
          .toList();
    }
  }
}
