// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import dev.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;

/** Collects the errors of a script: one wrong statement does not hide the next one's errors. */
public final class Failures {
  private static final Comparator<MillraceException> BY_PLACE =
      Comparator.comparing(
          error -> error.location().orElse(new Location("", 0, 0)),
          Comparator.comparingInt(Location::line).thenComparingInt(Location::column));

  private final List<MillraceException> errors = new ArrayList<>();

  /** Work on a statement that may fail in any way. */
  @FunctionalInterface
  public interface Attempt {
    void run() throws SqlParseException;
  }

  public void add(MillraceException error) {
    errors.add(error);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * Runs and keeps what it throws, with its place.
   *
   * @return whether it succeeded
   */
  public boolean attempt(Statement statement, Attempt work) {
    try {
      work.run();
      return true;
    } catch (MillraceException e) {
      add(e.location().isPresent() ? e : SqlErrors.refusedByConnector(statement.start(), e));
    } catch (AlreadyReported e) {
      return false;
    } catch (SqlParseException e) {
      add(CalciteMessages.syntax(statement, e));
    } catch (CalciteContextException e) {
      add(CalciteMessages.invalid(statement, e));
    } catch (StackOverflowError e) {
      add(SqlErrors.tooDeep(statement.start()));
    } catch (RuntimeException | AssertionError e) {
      CalciteMessages.unexpected(statement, e).ifPresent(this::add);
    }
    return false;
  }

  /**
   * @throws ScriptException if there was any error
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new ScriptException(errors.stream().sorted(BY_PLACE).toList());
    }
  }
}
