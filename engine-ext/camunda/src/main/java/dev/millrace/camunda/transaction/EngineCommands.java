// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import dev.millrace.spi.connector.CommitAgainException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * Work in a transaction of the engine's, on a thread that has none open. Thread-safe.
 *
 * <p>What fails because someone else was faster is done again from the start.
 */
public final class EngineCommands {
  private static final int ATTEMPTS = 30;
  private static final int MAX_PAUSE_MS = 40;

  /** What is done; may be called several times, each time in a new transaction. */
  @FunctionalInterface
  public interface Body<T> {
    T apply(CommandContext command, Connection connection) throws Exception;
  }

  /**
   * Carries what a body threw through the engine. The engine logs every failed command as an error
   * with its stack trace, unless a user asked for the impossible: whether a row that does not fit
   * is worth a line is for the caller to say, who knows what comes of it.
   */
  private static final class Failure extends BadUserRequestException {
    private static final long serialVersionUID = 1L;

    Failure(Exception cause) {
      super(cause.toString(), cause);
    }
  }

  private final ProcessEngineConfigurationImpl configuration;

  public EngineCommands(ProcessEngineConfigurationImpl configuration) {
    this.configuration = configuration;
  }

  /**
   * Commits, or rolls back and throws what the body threw.
   *
   * @throws InterruptedException if the thread is interrupted between two attempts
   */
  public <T> T execute(Body<T> body) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(body);
      } catch (CommitAgainException e) {
        e.beforeNext();
        attempt--;
      } catch (Exception e) {
        if (attempt == ATTEMPTS || !isCollision(e)) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MAX_PAUSE_MS) + 1L);
      }
    }
  }

  /**
   * Does something for what it throws only: nothing of it stays.
   *
   * @throws Exception what the action threw
   */
  public void rehearse(Callable<?> action) throws Exception {
    try {
      once(
          (command, connection) -> {
            action.call();
            throw new RehearsalOver();
          });
    } catch (RehearsalOver e) {
      // it went well, and has been rolled back
    }
  }

  private static final class RehearsalOver extends Exception {
    private static final long serialVersionUID = 1L;

    RehearsalOver() {
      super("rehearsed", null, false, false);
    }
  }

  private <T> T once(Body<T> body) throws Exception {
    try {
      return configuration
          .getCommandExecutorTxRequired()
          .execute(
              command -> {
                try {
                  return body.apply(command, EngineTransaction.current().connection());
                } catch (Exception e) {
                  throw new Failure(e);
                }
              });
    } catch (Failure e) {
      throw (Exception) e.getCause();
    }
  }

  /** Whether the transaction lost against another one and may well succeed next time. */
  public static boolean isCollision(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof OptimisticLockingException) {
        return true;
      }
      if (each instanceof SQLException sql && isCollision(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  /** Deadlock, serialisation failure, or a lock not got in time (H2, PostgreSQL). */
  private static boolean isCollision(String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("40") || sqlState.equals("HYT00") || sqlState.equals("55P03"));
  }
}
