// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.session.SqlSession;
import org.camunda.bpm.engine.impl.cfg.TransactionContext;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.cfg.standalone.StandaloneTransactionContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database transaction of the current command. One per command, on its thread. */
public final class EngineTransaction implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(EngineTransaction.class);

  private final SqlSession sqlSession;
  private final TransactionContext context;

  private EngineTransaction(CommandContext command) {
    sqlSession = command.getDbSqlSession().getSqlSession();
    context = command.getTransactionContext();
    if (context instanceof StandaloneTransactionContext) {
      // MyBatis takes a session without writes of its own for read-only: neither would happen
      context.addTransactionListener(TransactionState.COMMITTING, each -> sqlSession.commit(true));
      context.addTransactionListener(
          TransactionState.ROLLINGBACK, each -> sqlSession.rollback(true));
    }
  }

  /** The transaction of the command that runs on this thread. */
  public static EngineTransaction current() {
    return Context.getCommandContext().getSession(EngineTransaction.class);
  }

  /** Belongs to the transaction: never commit, roll back or close it. */
  public Connection connection() {
    return sqlSession.getConnection();
  }

  /** Whether the database answers, and has refused nothing that spoils the transaction. */
  boolean isWhole() {
    try (PreparedStatement select = connection().prepareStatement("SELECT 1");
        ResultSet row = select.executeQuery()) {
      return row.next();
    } catch (SQLException e) {
      LOG.debug("the engine's transaction is spoilt", e);
      return false;
    }
  }

  /**
   * Does something once the transaction has committed. It must not call the engine: in a standalone
   * engine such a call is lost.
   */
  public void afterCommit(Runnable action) {
    context.addTransactionListener(TransactionState.COMMITTED, each -> action.run());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /** Makes them on demand. */
  public static SessionFactory factory() {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return EngineTransaction.class;
      }

      @Override
      public Session openSession() {
        return new EngineTransaction(Context.getCommandContext());
      }
    };
  }
}
