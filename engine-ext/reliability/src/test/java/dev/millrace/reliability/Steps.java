// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * What a test does on a node that may die: each step once, whatever happens, since it is recorded
 * in table STEP_DONE by the transaction that does it.
 *
 * @param dead asked while waiting; true if the node has died
 */
record Steps(Node node, BooleanSupplier dead) {
  private static final long PATIENCE_MS = 60_000;

  void once(String step, Node.Step action) {
    node.inTransaction(
        db -> {
          if (!isDone(db, step)) {
            execute(db, "INSERT INTO STEP_DONE VALUES ('" + step + "')");
            action.perform(db);
          }
        });
  }

  boolean isDone(String step) {
    boolean[] done = new boolean[1];
    node.inTransaction(db -> done[0] = isDone(db, step));
    return done[0];
  }

  long number(String sql) {
    long[] found = new long[1];
    node.inTransaction(
        db -> {
          try (PreparedStatement select = db.prepareStatement(sql);
              ResultSet rows = select.executeQuery()) {
            rows.next();
            found[0] = rows.getLong(1);
          }
        });
    return found[0];
  }

  private static boolean isDone(Connection db, String step) throws SQLException {
    try (PreparedStatement select = db.prepareStatement("SELECT 1 FROM STEP_DONE WHERE STEP = ?")) {
      select.setString(1, step);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  static void execute(Connection db, String sql) throws SQLException {
    try (Statement statement = db.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until the condition holds. */
  void until(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (!condition.call()) {
      if (dead.getAsBoolean()) {
        throw new Crash("waiting");
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("waited " + PATIENCE_MS + " ms");
      }
      TimeUnit.MILLISECONDS.sleep(3);
    }
  }
}
