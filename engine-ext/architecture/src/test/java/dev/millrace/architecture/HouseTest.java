// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseTest {
  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace");
  }

  @ParameterizedTest
  @EnumSource(Room.class)
  void aRoomLooksOnlyWhereAnArrowPoints(Room room) {
    noClasses()
        .that()
        .resideInAPackage(room.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room.forbidden())
        .allowEmptyShould(true)
        .because("the house draws no arrow from " + room + " there")
        .check(house);
  }

  @Test
  void everyClassLivesInARoom() {
    String[] rooms = Room.packagesOf(Arrays.asList(Room.values()));
    classes().should().resideInAnyPackage(rooms).check(house);
    assertThat(house).hasSizeGreaterThan(100);
  }

  @Test
  void whoCommitsNamesTheFaultPointsAroundIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.store")
        .and()
        .doNotHaveSimpleName("Transactions")
        .should()
        .callMethod(Connection.class, "commit")
        .because("what is committed elsewhere can be broken off by no test")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.camunda..")
        .and()
        .doNotHaveSimpleName("EngineCommands")
        .and()
        .doNotHaveSimpleName("Plans")
        .should()
        .callMethodWhere(target(name("getCommandExecutorTxRequired")))
        .because("a transaction of the engine is opened with a Write, or to read")
        .check(house);
  }

  @Test
  void noPackagesFormACycle() {
    slices()
        .matching("dev.millrace.(**)")
        .should()
        .beFreeOfCycles()
        .because("a knot of packages cannot be read one at a time")
        .check(house);
  }

  @Test
  void theStreamHalfKnowsNeitherCamundaNorSpring() {
    only(
        Room.STREAM_HALF,
        "a plain main runs streams too",
        "org.camunda..",
        "org.springframework..");
  }

  @Test
  void calciteAndFlinkAreSeenOnlyBySql() {
    onlyIn(Room.SQL, "org.apache.calcite..", "org.apache.flink..");
  }

  @Test
  void theCompilerIsSeenOnlyByCodegen() {
    onlyIn(Room.CODEGEN, "org.codehaus..");
  }

  @Test
  void ringsAreSeenOnlyByTheRuntime() {
    onlyIn(Room.RUNTIME, "com.lmax..");
  }

  @Test
  void connectorsSeeOnlyCamundasPublicInterface() {
    check(
        noClasses()
            .that()
            .resideInAPackage(Room.PROCESS.packages())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda.bpm.engine.impl..")
            .because("the process connector is a guest of the engine"));
  }

  @Test
  void onlyCataloguesNumberErrorsOfTheEngine() {
    check(
        noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Errors")
            .and()
            .doNotHaveSimpleName("BpmnRange")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("BpmnRange")
            .because("a number given elsewhere is missed when the next one is chosen"));
  }

  @Test
  void nobodyDeserialisesJavaObjects() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("stored bytes may come from a stranger"));
  }

  @Test
  void nobodyPrintsOrEndsTheProcessButTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(Room.CLI.packages(), Room.PRINT.packages())
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .because("a library speaks through its logger and its exceptions"));
  }

  @Test
  void namesSayTheDifference() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Utils?|Helper)")
            .because("such a name says nothing"));
  }

  private static void only(List<Room> rooms, String reason, String... foreign) {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(Room.packagesOf(rooms))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(foreign)
            .because(reason));
  }

  private static void onlyIn(Room room, String... foreign) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(room.packages())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(foreign)
            .because("only " + room + " may see it"));
  }

  private static void check(ArchRule rule) {
    rule.check(house);
  }
}
