// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class GreetingTest {
  @Test
  void fileOfTheDatabaseIsNamedFromTheRoot() {
    assertThat(Greeting.place("jdbc:h2:file:./data/millrace;DB_CLOSE_ON_EXIT=FALSE"))
        .startsWith("/")
        .contains("/data/millrace.mv.db")
        .doesNotContain("./", "DB_CLOSE");
  }

  @Test
  void passwordInAnAddressIsNotSaid() {
    assertThat(Greeting.place("jdbc:postgresql://db:5432/millrace?user=m&password=secret"))
        .isEqualTo("jdbc:postgresql://db:5432/millrace");
  }

  @Test
  void openAddressIsSaid() throws UnknownHostException {
    assertThat(Greeting.reachable(InetAddress.getByName("127.0.0.1")))
        .startsWith("from this machine only");
    assertThat(Greeting.reachable(InetAddress.getByName("0.0.0.0")))
        .startsWith("from other machines");
    assertThat(Greeting.reachable(null)).startsWith("from other machines");
  }
}
