// SPDX-License-Identifier: Apache-2.0
/**
 * Two nodes, a store and time itself, all driven by one random number: the coordination code is the
 * one that ships, what it stands on is not.
 *
 * <pre>
 *   {@link dev.millrace.reliability.simulation.Fibers}    threads of which one runs at a time, and virtual time
 *   {@link dev.millrace.reliability.simulation.SimStore}  H2 in memory; loses what was not committed, and may not
 *                                                         tell whether a commit happened
 *   {@link dev.millrace.reliability.simulation.SimNode}   engine and Millrace; dies, stands still, comes back
 *   {@link dev.millrace.reliability.simulation.World}     what is done there, what goes wrong, what must hold
 * </pre>
 */
package dev.millrace.reliability.simulation;
