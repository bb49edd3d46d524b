// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * The test talks to the whole application, on a free port of loopback and a database in memory. All
 * such tests share one: a virtual machine holds one process application of a name.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:sample;DB_CLOSE_DELAY=-1",
      "logging.level.org.openqa.selenium=ERROR",
      "sample.orders-per-second=0"
    })
@interface RunningSample {}
