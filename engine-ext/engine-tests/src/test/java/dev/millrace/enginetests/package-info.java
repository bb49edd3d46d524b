// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's own tests, with Millrace installed: who models no stream task must not notice it.
 *
 * <p>They come as compiled classes, {@code camunda-engine:tests}, and take their engine from {@code
 * camunda.cfg.xml}; ours is found first. Read {@link dev.millrace.enginetests.EngineOwnTest} next.
 */
package dev.millrace.enginetests;
