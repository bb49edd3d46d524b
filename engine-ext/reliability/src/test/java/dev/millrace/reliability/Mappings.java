// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransaction;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * The engine's statements, read once for all nodes of a test: to read them takes four fifths of the
 * time a node starts in. Each node has a database connection of its own. Thread-safe.
 */
final class Mappings extends DefaultSqlSessionFactory {
  private static final Map<String, Configuration> BY_PRODUCT = new ConcurrentHashMap<>();

  private final DataSource database;

  private Mappings(Configuration statements, DataSource database) {
    super(statements);
    this.database = database;
  }

  /** Gives an engine that is not built yet what others of its kind of database have read. */
  static void share(ProcessEngineConfigurationImpl engine, DataSource database) {
    engine.setSqlSessionFactory(
        new Mappings(
            BY_PRODUCT.computeIfAbsent(product(database), product -> read(database)), database));
  }

  private static String product(DataSource database) {
    try (Connection connection = database.getConnection()) {
      return connection.getMetaData().getDatabaseProductName();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Configuration read(DataSource database) {
    return new Reading(database).read();
  }

  /** Only reads: no engine is built of it. */
  private static final class Reading extends StandaloneProcessEngineConfiguration {
    Reading(DataSource database) {
      setDataSource(database);
    }

    Configuration read() {
      initDataSource();
      initTransactionFactory();
      initSqlSessionFactory();
      return getSqlSessionFactory().getConfiguration();
    }
  }

  @Override
  public SqlSession openSession() {
    Configuration statements = getConfiguration();
    JdbcTransaction transaction = new JdbcTransaction(database, null, false);
    return new DefaultSqlSession(
        statements,
        statements.newExecutor(transaction, statements.getDefaultExecutorType()),
        false);
  }
}
