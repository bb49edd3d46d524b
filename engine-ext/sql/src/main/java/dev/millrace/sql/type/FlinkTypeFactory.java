// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;

/** Types as Flink has them: strings are Unicode. One per script. */
public final class FlinkTypeFactory extends SqlTypeFactoryImpl {
  public FlinkTypeFactory() {
    super(FlinkTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
