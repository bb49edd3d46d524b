// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.connector.process.StagedRows.Row;
import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.List;

/**
 * Does all rows of a commit in one transaction, so that one that fails takes no other along.
 * Single-threaded.
 *
 * <pre>
 *   all rows ── a row fails ──→ roll back, without that row again
 *            ── another does, or the database refuses what cannot be told apart ──→
 *               roll back, rehearse each row by itself, without those that fail again
 *            ── a row fails as a system its process calls is away ──→
 *               roll back, all again after a pause, a few times; then as any other
 * </pre>
 *
 * A failure caught inside the transaction would leave a half-executed instance behind. Rehearsals
 * bound the work at twice the rows, however many fail.
 */
final class Isolation {
  /** Does rows in the open transaction. */
  @FunctionalInterface
  interface Action {
    /**
     * @throws RowFailure if one of them failed
     */
    void apply(List<Row> rows) throws Exception;
  }

  /** What becomes of a row that fails; later passes do without it or treat it otherwise. */
  @FunctionalInterface
  interface Aside {
    /**
     * @throws MillraceException if such a row shall fail the run
     */
    void put(Row row, Exception cause);
  }

  /** What a commit waits for systems that are away, in all: its other rows wait with it. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(1600));

  private final EngineCalls calls;
  private final Action action;
  private final Aside aside;
  private int pauses;
  private boolean repeated;
  private boolean rehearsedInVain;

  Isolation(EngineCalls calls, Action action, Aside aside) {
    this.calls = calls;
    this.action = action;
    this.aside = aside;
  }

  void apply(List<Row> rows) throws Exception {
    try {
      action.apply(rows);
      calls.flush();
    } catch (RowFailure e) {
      if (mayWait(e)) {
        Duration pause = PAUSES.get(pauses++);
        throw new CommitAgainException(e.failure(), () -> Thread.sleep(pause.toMillis()));
      }
      aside.put(e.row(), e.failure());
      boolean second = repeated;
      repeated = true;
      throw second
          ? new CommitAgainException(e.failure(), () -> rehearse(rows))
          : new CommitAgainException(e.failure());
    } catch (CommitAgainException | MillraceException e) {
      throw e;
    } catch (RuntimeException e) {
      if (calls.isCollision(e) || rehearsedInVain) {
        throw e;
      }
      throw new CommitAgainException(e, () -> rehearse(rows));
    }
  }

  private boolean mayWait(RowFailure failure) {
    return failure.mayPass() && pauses < PAUSES.size();
  }

  private void rehearse(List<Row> rows) throws Exception {
    rehearsedInVain = true;
    for (Row row : rows) {
      if (row.isAside()) {
        continue;
      }
      try {
        calls.rehearse(
            () -> {
              action.apply(List.of(row));
              calls.flush();
              return null;
            });
      } catch (RowFailure e) {
        if (!mayWait(e)) {
          putAside(row, e.failure());
        }
      } catch (MillraceException e) {
        throw e;
      } catch (RuntimeException e) {
        if (!calls.isCollision(e)) {
          putAside(row, e);
        }
      }
    }
  }

  private void putAside(Row row, Exception cause) {
    aside.put(row, cause);
    rehearsedInVain = false;
  }

  void committed() {
    pauses = 0;
    repeated = false;
    rehearsedInVain = false;
  }
}
