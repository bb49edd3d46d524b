// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** What must hold when all is done. */
final class Verdict {
  private static final long RUNS_PER_INSTANCE = 2;
  private static final int PIPELINES_WITHOUT_STATE = 2;

  private Verdict() {}

  static List<String> of(World world, List<String> keys) {
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < PIPELINES_WITHOUT_STATE; i++) {
      List<String> written =
          world.list("SELECT N FROM LEDGER WHERE PIPELINE = 'p" + i + "' ORDER BY ARRIVAL");
      List<String> expected =
          LongStream.rangeClosed(1, SimSource.LAST).mapToObj(Long::toString).toList();
      expect(
          violations,
          "one writer at a time, none lost, none doubled, in order: p" + i,
          written,
          expected);
    }
    expect(
        violations,
        "sums of what was read, each row once",
        world.list("SELECT K || ' ' || C || ' ' || S FROM SUMS ORDER BY K"),
        List.of("0 4 30", "1 4 22", "2 4 26"));
    long kept = keys.stream().filter(key -> key.startsWith("keep")).count();
    expect(
        violations, "stock", world.number("SELECT QTY FROM STOCK"), 100 - RUNS_PER_INSTANCE * kept);
    expect(
        violations,
        "items of instances that were kept",
        world.list("SELECT ID FROM ITEM WHERE QTY = 2 ORDER BY ID"),
        keys.stream()
            .filter(key -> key.startsWith("keep"))
            .map(key -> key.substring(4))
            .sorted()
            .toList());
    expect(violations, "items", world.number("SELECT COUNT(*) FROM ITEM"), kept);
    expect(
        violations,
        "runs, each once",
        world.number("SELECT COUNT(*) FROM MR_RUN"),
        RUNS_PER_INSTANCE * keys.size());
    expect(
        violations,
        "runs undone",
        world.number("SELECT COUNT(*) FROM MR_RUN WHERE STATE = 'UNDONE'"),
        RUNS_PER_INSTANCE * (keys.size() - kept));
    expect(
        violations,
        "effects, two a run, undone once with their run",
        world.number(
            """
            SELECT COUNT(*) FROM MR_EFFECT E JOIN MR_RUN R ON R.ID = E.RUN_ID
            WHERE (E.STATE = 'UNDONE') = (R.STATE = 'UNDONE')"""),
        2 * RUNS_PER_INSTANCE * keys.size());
    expect(
        violations,
        "effects undone before a newer one of their instance",
        world.number(
            """
            SELECT COUNT(*) FROM MR_EFFECT E JOIN MR_RUN R ON R.ID = E.RUN_ID
            JOIN MR_RUN S ON S.PROC_INST_ID = R.PROC_INST_ID AND S.COMMIT_SEQ > R.COMMIT_SEQ
            JOIN MR_EFFECT F ON F.RUN_ID = S.ID
            WHERE E.UNDONE_AT < F.UNDONE_AT"""),
        0L);
    expect(
        violations,
        "what is still held",
        world.number(
            "SELECT (SELECT COUNT(*) FROM MR_RUN WHERE OWNER IS NOT NULL)"
                + " + (SELECT COUNT(*) FROM MR_ROLLBACK WHERE OWNER IS NOT NULL)"),
        0L);
    return violations;
  }

  private static void expect(List<String> violations, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      violations.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
