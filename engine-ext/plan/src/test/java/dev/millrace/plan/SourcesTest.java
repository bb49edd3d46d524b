// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourcesTest {
  /** Given as a table and its topic in turn; no topic where it is not known. */
  private static Sources sources(String... tablesAndTopics) {
    TreeMap<String, Map<String, String>> addresses = new TreeMap<>();
    for (int i = 0; i < tablesAndTopics.length; i += 2) {
      addresses.put(
          tablesAndTopics[i],
          tablesAndTopics[i + 1].isEmpty()
              ? Map.of()
              : Map.of("connector", "kafka", "topic", tablesAndTopics[i + 1]));
    }
    return new Sources(addresses);
  }

  @Test
  void textIsReadBackAsItWas() {
    Sources sources = sources("a", "x", "b b", "y;z", "c", "");
    assertThat(Sources.parse(sources.text())).isEqualTo(sources);
    assertThat(Sources.parse("").addresses()).isEmpty();
  }

  @Test
  void whatReadsTheSameIsKeptAndTheRestGoes() {
    Sources before = sources("a", "x", "b", "y");
    Sources after = sources("a", "x", "c", "z");
    assertThat(before.kept(after)).isEqualTo(Map.of("a", "a"));
    assertThat(before.differences(after)).isEmpty();
  }

  @Test
  void whatReadsTheSameUnderAnotherNameIsKeptUnderThat() {
    assertThat(sources("a", "x", "b", "y").kept(sources("a", "x", "c", "y")))
        .isEqualTo(Map.of("a", "a", "b", "c"));
    Sources before = sources("a", "x", "b", "y");
    Sources swapped = sources("a", "y", "b", "x");
    assertThat(before.kept(swapped)).isEqualTo(Map.of("a", "b", "b", "a"));
    assertThat(before.differences(swapped)).isEmpty();
  }

  @Test
  void aNameThatPassesToAnotherSourceIsNoDifferenceIfItsOldOneGoesOn() {
    Sources before = sources("a", "x");
    Sources after = sources("a", "new", "b", "x");
    assertThat(before.kept(after)).isEqualTo(Map.of("a", "b"));
    assertThat(before.differences(after)).isEmpty();
  }

  @Test
  void aNameThatPassesToAnotherSourceIsReused() {
    String passed = "table 'a' is now called 'b', and its name is another source's";
    Sources before = sources("a", "x", "c", "z");
    assertThat(before.reused(sources("a", "new", "b", "x", "c", "z"), Set.of()))
        .containsExactly(passed);
    assertThat(sources("a", "x", "b", "y").reused(sources("a", "y", "b", "x"), Set.of()))
        .containsExactly(passed, "table 'b' is now called 'a', and its name is another source's");
    assertThat(before.reused(sources("b", "x", "d", "new"), Set.of("e"))).isEmpty();
  }

  @Test
  void aNameOfWhichRowsMayBeReadAgainIsReusedUnlessItReadsTheSame() {
    Sources before = sources("a", "x");
    assertThat(before.reused(sources("a", "x", "b", "y"), Set.of("a", "c"))).isEmpty();
    assertThat(before.reused(sources("a", "x", "b", "y"), Set.of("b")))
        .singleElement()
        .asString()
        .startsWith("table 'b' has the name of one that is gone");
    assertThat(before.reused(sources("b", "x"), Set.of("b")))
        .singleElement()
        .asString()
        .startsWith("table 'b' has the name");
  }

  @Test
  void anotherSourceUnderTheSameNameIsADifference() {
    Sources before = sources("a", "x");
    Sources after = sources("a", "y");
    assertThat(before.kept(after)).isEmpty();
    assertThat(before.differences(after)).containsExactly("table 'a': 'topic' was 'x', now 'y'");
    assertThat(before.differences(Sources.unknown(Set.of("a"))))
        .containsExactly(
            "table 'a': 'connector' was 'kafka', now not given; 'topic' was 'x', now not given");
  }

  @Test
  void tablesThatCannotBeToldApartAreADifference() {
    Sources before = sources("a", "x", "b", "x");
    Sources after = sources("c", "x");
    assertThat(before.kept(after)).isEmpty();
    assertThat(before.differences(after))
        .containsExactly(
            "table 'a' is gone, and what it read is read by [c]",
            "table 'b' is gone, and what it read is read by [c]");
    assertThat(after.differences(before))
        .containsExactly("table 'c' is gone, and what it read is read by [a, b]");
  }

  @Test
  void whatIsNotKnownIsKeptByItsName() {
    assertThat(Sources.unknown(Set.of("a", "b")).kept(sources("a", "x", "c", "y")))
        .isEqualTo(Map.of("a", "a"));
  }
}
