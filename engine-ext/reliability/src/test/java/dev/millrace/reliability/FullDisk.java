// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.RunRequest;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Writes a file in a JVM that may write little: the operating system refuses the rest, as a full
 * disk or a quota does.
 */
final class FullDisk {
  static final int REFUSED = 3;
  private static final int BLOCKS_OF_1024_BYTES = 256;

  private FullDisk() {}

  static List<String> command(Path folder) {
    String java =
        String.join("' '", Jvm.start(FullDisk.class, List.of(folder.toString())).command());
    return List.of(
        "bash",
        "-c",
        "ulimit -f "
            + BLOCKS_OF_1024_BYTES
            + "; exec '"
            + java.replace("-Xmx256m", "-XX:-UsePerfData")
            + "'");
  }

  public static void main(String[] arguments) throws InterruptedException {
    Services services =
        Services.none().with(FileRoots.class, path -> Path.of(arguments[0]).resolve(path));
    LocalStreamEngine engine =
        LocalStreamEngine.discovering(List.of(), services, Clock.systemUTC());
    try {
      engine.run(
          engine.validate(
              "full.sql",
              """
              CREATE TABLE numbers (n BIGINT, word STRING) WITH (
                'connector' = 'datagen', 'number-of-rows' = '100000',
                'rows-per-second' = '1000000');
              CREATE TABLE out_files (n BIGINT, word STRING) WITH (
                'connector' = 'filesystem', 'path' = 'out', 'format' = 'csv');
              INSERT INTO out_files SELECT n, word FROM numbers;
              """),
          RunRequest.standalone());
    } catch (MillraceException e) {
      System.out.println(e.category() + " " + e.report());
      System.exit(REFUSED);
    }
  }
}
