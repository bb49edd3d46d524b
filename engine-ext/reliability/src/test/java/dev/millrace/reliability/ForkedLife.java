// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.spi.fault.FaultPoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/** A {@link Life} in a JVM of its own, which halts at the point. */
final class ForkedLife {
  private static final int HALTED = 77;
  private static final int PATIENCE_S = 120;

  private ForkedLife() {}

  /** Returns whether the JVM halted at the point. */
  static boolean halts(String url, String kafkaServers, FaultPoint point) throws Exception {
    Process process =
        Jvm.start(ForkedLife.class, List.of(url, kafkaServers, point.name())).inheritIO().start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new TimeoutException(point + " took longer than " + PATIENCE_S + " s");
    }
    return process.exitValue() == HALTED;
  }

  public static void main(String[] arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(arguments[0]);
    FaultPoint point = FaultPoint.valueOf(arguments[2]);
    FaultPoint.inject(
        reached -> {
          if (reached == point) {
            Runtime.getRuntime().halt(HALTED);
          }
        });
    try (Plug plug = new Plug(database)) {
      Life.live(plug.dataSource(), arguments[1], point, () -> false, false);
    }
  }
}
