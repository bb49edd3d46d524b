// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
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
  private static final List<String> PASSING =
      List.of("08", "25P", "40", "53", "57", "58", "90067", "90098", "90121", "HYT00");

  /** What is done; may be called several times, each time in a new transaction. */
  @FunctionalInterface
  public interface Body<T> {
    T apply(CommandContext command, Connection connection) throws Exception;
  }

  /** Lets the other one finish, before the next attempt. */
  @FunctionalInterface
  public interface Pause {
    void take() throws InterruptedException;

    /** Up to {@value #MAX_MS} ms. */
    static Pause atRandom() {
      return () -> TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MAX_MS) + 1L);
    }

    int MAX_MS = 40;
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
  private final Pause pause;

  public EngineCommands(ProcessEngineConfigurationImpl configuration, Pause pause) {
    this.configuration = configuration;
    this.pause = pause;
  }

  /**
   * Commits, or rolls back and throws what the body threw.
   *
   * @param write what the body changes
   * @throws InterruptedException if the thread is interrupted between two attempts
   */
  public <T> T execute(Write write, Body<T> body) throws Exception {
    T result =
        read(
            (command, connection) -> {
              T returned = body.apply(command, connection);
              write.committing(returned);
              return returned;
            });
    write.committed(result);
    return result;
  }

  /** As {@link #execute}, for a body that only looks. */
  public <T> T read(Body<T> body) throws Exception {
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
        pause.take();
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

  /**
   * Whether a database did not do its part and may well do it later: a lost connection, a
   * transaction rolled back, a shortage, an operator's intervention: classes 08, 25P (ended while
   * it stood still), 40, 53, 57 and 58 of SQL states, and H2's own. A pool that has no connection
   * to give says so by the exception's class.
   */
  public static boolean isPassing(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLTransientException || each instanceof SQLRecoverableException) {
        return true;
      }
      if (each instanceof SQLException sql
          && sql.getSQLState() != null
          && PASSING.stream().anyMatch(sql.getSQLState()::startsWith)) {
        return true;
      }
    }
    return false;
  }
}
