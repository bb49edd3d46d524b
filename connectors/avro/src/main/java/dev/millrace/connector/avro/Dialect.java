// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

/** Which format derives a schema, with what it does to timestamps. */
enum Dialect {
  /** TIMESTAMP is Avro's {@code timestamp}, which is an instant. */
  AVRO("avro"),
  /** TIMESTAMP is {@code local-timestamp}, TIMESTAMP_LTZ is {@code timestamp}. */
  AVRO_EXACT("avro"),
  /** As {@link #AVRO}; there is no option to have it otherwise. */
  CONFLUENT("avro-confluent");

  private final String format;

  Dialect(String format) {
    this.format = format;
  }

  /** As a script names it. */
  String format() {
    return format;
  }
}
