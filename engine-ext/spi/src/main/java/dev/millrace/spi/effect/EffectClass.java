// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.effect;

/** How what a sink did can be taken back. */
public enum EffectClass {
  /** Nothing to take back: the sink changes nothing that lasts (print, blackhole). */
  NONE,
  /** The before-image is put back (tables). */
  REVERSIBLE,
  /** A compensating record is written (Kafka). */
  RETRACTABLE,
  /** A declared inverse request is sent (HTTP). */
  COMPENSATABLE,
  /** Cannot be taken back (mail, a started process). */
  FINAL
}
