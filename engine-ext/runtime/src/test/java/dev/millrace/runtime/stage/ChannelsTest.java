// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsTest {
  private final Channels channels = new Channels();
  private int fast;
  private int slow;

  @BeforeEach
  void addTwo() {
    fast = channels.add();
    slow = channels.add();
  }

  @Test
  void timeIsThatOfTheSlowest() {
    assertThat(channels.advance(fast, 100)).isFalse();
    assertThat(channels.advance(slow, 40)).isTrue();
    assertThat(channels.watermark()).isEqualTo(40);
    assertThat(channels.advance(fast, 120)).isFalse();
    assertThat(channels.advance(slow, 130)).isTrue();
    assertThat(channels.watermark()).isEqualTo(120);
  }

  @Test
  void nobodyWaitsForAnIdleOne() {
    channels.advance(fast, 100);
    assertThat(channels.idle(slow, true)).isTrue();
    assertThat(channels.watermark()).isEqualTo(100);
    assertThat(channels.isIdle()).isFalse();
    assertThat(channels.advance(fast, 110)).isTrue();
    assertThat(channels.watermark()).isEqualTo(110);
  }

  @Test
  void oneThatComesBackLateHoldsNobodyBackUntilItHasCaughtUp() {
    channels.advance(fast, 100);
    channels.idle(slow, true);
    channels.idle(slow, false);
    assertThat(channels.advance(slow, 50)).isFalse();
    assertThat(channels.advance(fast, 110)).isTrue();
    assertThat(channels.watermark()).isEqualTo(110);
    channels.advance(slow, 115);
    assertThat(channels.advance(fast, 200)).isTrue();
    assertThat(channels.watermark()).isEqualTo(115);
  }

  @Test
  void whenAllAreIdleTimeIsThatOfTheFastest() {
    channels.advance(fast, 100);
    channels.advance(slow, 40);
    channels.idle(fast, true);
    assertThat(channels.watermark()).isEqualTo(40);
    assertThat(channels.idle(slow, true)).isTrue();
    assertThat(channels.watermark()).isEqualTo(100);
    assertThat(channels.isIdle()).isTrue();
  }

  @Test
  void whatIsRestoredGoesOnAlike() {
    channels.advance(fast, 100);
    channels.idle(slow, true);
    StateWriter out = new StateWriter(1000);
    channels.snapshot(out);
    Channels later = new Channels();
    later.add();
    later.add();
    StateReader in = new StateReader(out.toByteArray(), 0);
    later.restore(in);
    in.finish();
    assertThat(later.watermark()).isEqualTo(100);
    later.idle(slow, false);
    assertThat(later.advance(slow, 120)).isFalse();
    assertThat(later.advance(fast, 130)).isTrue();
    assertThat(later.watermark()).isEqualTo(120);
  }
}
