// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.node.PlanNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells nodes of plans apart: two have equal fingerprints if they and all below them compute the
 * same from the same tables. So state kept for one may be taken over by the other, also where their
 * plans differ elsewhere. Immutable.
 */
public final class Fingerprint {
  private static final int HEX_DIGITS = 32;

  /** What the results of a plan depend on beside its nodes. */
  private static final List<String> SETTINGS = List.of("pipeline.auto-watermark-interval");

  private final String surroundings;

  public Fingerprint(Plan plan) {
    StringBuilder text = new StringBuilder(plan.zone().getId());
    SETTINGS.forEach(key -> text.append('|').append(plan.settings().getOrDefault(key, "")));
    surroundings = text.toString();
  }

  /** {@code GroupAggregate 9f86d081884c7d659a2feaa0c55ad015}. */
  public String of(PlanNode node) {
    StringBuilder text = new StringBuilder(surroundings);
    append(node, text);
    return node.getClass().getSimpleName() + " " + digest(text.toString());
  }

  private static void append(PlanNode node, StringBuilder text) {
    text.append('(').append(node.describe()).append(' ').append(node.type().columns());
    node.inputs().forEach(input -> append(input, text));
    text.append(')');
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
