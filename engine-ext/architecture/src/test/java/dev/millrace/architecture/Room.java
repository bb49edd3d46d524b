// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The rooms of the house and where each may look. */
enum Room {
  SPI("dev.millrace.spi"),
  PLAN("dev.millrace.plan", SPI),
  RUNTIME("dev.millrace.runtime", SPI),
  SQL("dev.millrace.sql", PLAN, SPI),
  CODEGEN("dev.millrace.codegen", PLAN, RUNTIME, SPI),
  STREAM_ENGINE("dev.millrace.engine", SQL, CODEGEN, RUNTIME, PLAN, SPI),
  STORE("dev.millrace.store", STREAM_ENGINE, SPI),
  FORMATS("dev.millrace.connector.format", SPI),
  FILESYSTEM("dev.millrace.connector.filesystem", SPI),
  PRINT("dev.millrace.connector.print", SPI),
  DATAGEN("dev.millrace.connector.datagen", SPI),
  TPCH("dev.millrace.connector.tpch", SPI),
  JDBC("dev.millrace.connector.jdbc", SPI),
  HTTP("dev.millrace.connector.http", SPI),
  AVRO("dev.millrace.connector.avro", SPI, HTTP),
  KAFKA("dev.millrace.connector.kafka", SPI),
  PROCESS("dev.millrace.connector.process", SPI),
  CAMUNDA("dev.millrace.camunda", STREAM_ENGINE, STORE, PLAN, SPI, PROCESS, JDBC),
  COCKPIT("dev.millrace.cockpit", CAMUNDA, STORE, STREAM_ENGINE, SPI),
  SPRING("dev.millrace.spring", CAMUNDA, COCKPIT, STORE, STREAM_ENGINE, SPI, JDBC, HTTP, PROCESS),
  CLI(
      "dev.millrace.cli",
      STREAM_ENGINE,
      PLAN,
      SPI,
      FORMATS,
      FILESYSTEM,
      PRINT,
      DATAGEN,
      TPCH,
      JDBC,
      HTTP,
      KAFKA);

  /** Rooms that run without a process engine. */
  static final List<Room> STREAM_HALF =
      List.of(
          SPI,
          PLAN,
          RUNTIME,
          SQL,
          CODEGEN,
          STREAM_ENGINE,
          FORMATS,
          FILESYSTEM,
          PRINT,
          DATAGEN,
          TPCH,
          JDBC,
          HTTP,
          AVRO,
          KAFKA,
          CLI);

  final String rootPackage;
  final Set<Room> sees;

  Room(String rootPackage, Room... sees) {
    this.rootPackage = rootPackage;
    this.sees = Set.of(sees);
  }

  String packages() {
    return rootPackage + "..";
  }

  static String[] packagesOf(List<Room> rooms) {
    return rooms.stream().map(Room::packages).toArray(String[]::new);
  }

  /** All rooms this one may not look into. */
  String[] forbidden() {
    return Arrays.stream(values())
        .filter(room -> room != this && !sees.contains(room))
        .map(Room::packages)
        .toArray(String[]::new);
  }
}
