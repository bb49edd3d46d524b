// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.runtime.dataflow.OperatorFactory;
import dev.millrace.runtime.dataflow.OperatorSite;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import java.time.Clock;

/** Finds what cannot be compiled before anything runs: makes an operator, and never opens it. */
final class TrialRun implements SourceContext {
  private TrialRun() {}

  /**
   * @throws MillraceException if the operator cannot be compiled
   */
  static void create(OperatorFactory operators) {
    try {
      operators.create(new OperatorSite(new TrialRun(), Clock.systemUTC()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Services services() {
    return Services.none();
  }

  @Override
  public void deadLetter(String record, String position, Exception cause) {
    throw new IllegalStateException("no rows before a run", cause);
  }
}
