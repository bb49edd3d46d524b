// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowRate;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * @param rowCount {@link Long#MAX_VALUE} without end
 */
record DatagenSource(List<FieldGenerator> generators, long rowCount, long rowsPerSecond)
    implements AddressedSource {
  /** Its rows come from nowhere. */
  @Override
  public Map<String, String> address() {
    return Map.of("connector", DatagenFactory.IDENTIFIER);
  }

  @Override
  public Boundedness boundedness() {
    return rowCount == Long.MAX_VALUE ? Boundedness.UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public RowSource open(SourceContext context) {
    return new DatagenRows(
        generators,
        rowCount,
        new RowRate(
            context.readsAgain() ? Double.POSITIVE_INFINITY : rowsPerSecond, System::nanoTime),
        ThreadLocalRandom.current().nextLong());
  }
}
