// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.AddressedSource;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** The channel into which the host puts the engine's history. */
record HistorySource(ChannelSource channel, HistoryColumns columns)
    implements AddressedSource, ReadsHistory {
  @Override
  public Map<String, String> address() {
    return channel.address();
  }

  @Override
  public Boundedness boundedness() {
    return channel.boundedness();
  }

  @Override
  public RowSource open(SourceContext context) throws SQLException {
    return channel.open(context);
  }

  @Override
  public Set<String> variableNames() {
    return columns.variables();
  }
}
