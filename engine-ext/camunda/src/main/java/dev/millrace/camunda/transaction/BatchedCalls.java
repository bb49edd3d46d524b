// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import dev.millrace.connector.process.EngineCalls;
import java.sql.Connection;
import java.util.concurrent.Callable;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationManager;

/** Engine calls in the transaction of a commit. Thread-safe. */
public record BatchedCalls(EngineCommands commands) implements EngineCalls {
  @Override
  public Connection connection() {
    return EngineTransaction.current().connection();
  }

  /** The engine flushes once a command and keeps what it has done: done twice, it would fail. */
  @Override
  public void flush() {
    DbEntityManager entities = Context.getCommandContext().getDbEntityManager();
    entities.flush();
    entities.setDbOperationManager(new DbOperationManager());
  }

  @Override
  public void rehearse(Callable<?> action) throws Exception {
    commands.rehearse(action);
  }

  @Override
  public boolean isForeign(Throwable failure) {
    return EngineCommands.isPassing(failure)
        && !EngineCommands.isCollision(failure)
        && EngineTransaction.current().isWhole();
  }

  @Override
  public boolean isCollision(Throwable failure) {
    // a database that is away is no fault of the row either
    return EngineCommands.isCollision(failure) || EngineCommands.isPassing(failure);
  }
}
