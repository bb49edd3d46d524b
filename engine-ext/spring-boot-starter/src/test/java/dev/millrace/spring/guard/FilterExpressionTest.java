// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterExpressionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "${currentUser()}",
        "${ currentUser() }",
        "#{currentUserGroups()}",
        "%${currentUser()}%",
        "${now()}",
        "${dateTime().plusDays(2)}",
        "${dateTime().withTimeAtStartOfDay().minusWeeks(1).toDate()}",
        "costs 5$"
      })
  void whatTheEnginesMakersDocumentIsHarmless(String text) {
    assertThat(FilterExpression.isHarmless(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${''.getClass()}",
        "#{canary.sing()}",
        "${currentUser}",
        "${currentUser().getClass()}",
        "${now().getClass()}",
        "${dateTime().getClass()}",
        "${dateTime().plusDays(canary.sing())}",
        "${dateTime().plusDays(1).getClass()}",
        "${currentUser()}${canary.sing()}",
        "$${now()}{canary.sing()}",
        "${'${now()}'.getClass()}",
        "${now(",
        "${canary.sing() == now()}"
      })
  void whatReachesFurtherIsNot(String text) {
    assertThat(FilterExpression.isHarmless(text)).isFalse();
  }
}
