// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchemaTest {
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

  abstract static class Cases {
    private final TestDatabase database;
    private DataSource dataSource;
    private Schema schema;

    Cases(TestDatabase database) {
      this.database = database;
    }

    @BeforeEach
    void createDatabase() throws SQLException {
      dataSource = database.create();
      schema = new Schema(dataSource);
    }

    private List<String> tables() throws SQLException {
      try (Connection connection = dataSource.getConnection();
          ResultSet rows = connection.getMetaData().getTables(null, null, "%", null)) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          String name = rows.getString("TABLE_NAME").toUpperCase(Locale.ROOT);
          String type = rows.getString("TABLE_TYPE");
          if (name.startsWith("MR_") && type != null && type.contains("TABLE")) {
            found.add(name);
          }
        }
        return found;
      }
    }

    private void setVersion(int version) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE MR_PROPERTY SET VAL = '" + version + "'");
      }
    }

    @Test
    void updateCreatesWhatIsMissingAndLeavesWhatIsThere() throws SQLException {
      schema.open(SchemaUpdate.of("true"));
      assertThat(tables()).contains("MR_RUN", "MR_EFFECT", "MR_ROLLBACK", "MR_PROPERTY");
      schema.open(SchemaUpdate.of("true"));
      schema.open(SchemaUpdate.of("false"));
      schema.close(SchemaUpdate.of("true"));
      assertThat(tables()).contains("MR_RUN");
    }

    @Test
    void validateTellsWhatIsMissing() {
      assertThatThrownBy(() -> schema.open(SchemaUpdate.VALIDATE))
          .hasMessageContaining("missing")
          .hasMessageContaining("databaseSchemaUpdate");
    }

    @Test
    void createRefusesToCreateTwice() throws SQLException {
      schema.open(SchemaUpdate.CREATE);
      assertThatThrownBy(() -> schema.open(SchemaUpdate.CREATE))
          .hasMessageContaining("exist already");
    }

    @Test
    void createDropLeavesNothing() throws SQLException {
      schema.open(SchemaUpdate.of("create-drop"));
      assertThat(tables()).isNotEmpty();
      schema.close(SchemaUpdate.of("create-drop"));
      assertThat(tables()).isEmpty();
      schema.open(SchemaUpdate.of("drop-create"));
      schema.open(SchemaUpdate.of("drop-create"));
      assertThat(tables()).contains("MR_RUN");
    }

    @Test
    void newerTablesAreLeftAlone() throws SQLException {
      schema.open(SchemaUpdate.UPDATE);
      setVersion(99);
      assertThatThrownBy(() -> schema.open(SchemaUpdate.UPDATE)).hasMessageContaining("newer");
      assertThatThrownBy(() -> schema.open(SchemaUpdate.VALIDATE)).hasMessageContaining("newer");
    }

    @Test
    void unknownModeIsTold() {
      assertThatThrownBy(() -> SchemaUpdate.of("maybe")).hasMessageContaining("create-drop");
    }

    @Test
    void nodesMayStartAtOnce() throws Exception {
      int nodes = 4;
      ExecutorService threads = Executors.newFixedThreadPool(nodes);
      try {
        CyclicBarrier start = new CyclicBarrier(nodes);
        List<Future<?>> opened = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
          opened.add(
              threads.submit(
                  () -> {
                    start.await();
                    schema.open(SchemaUpdate.UPDATE);
                    return null;
                  }));
        }
        for (Future<?> node : opened) {
          node.get();
        }
        schema.open(SchemaUpdate.VALIDATE);
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
