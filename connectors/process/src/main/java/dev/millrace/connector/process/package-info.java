// SPDX-License-Identifier: Apache-2.0
/**
 * Tables that are the process engine: variables of the instance a run works for, process starts and
 * messages. A guest of the engine: sees its public interface only.
 *
 * <p>Reads happen while the run computes; writes happen in the engine transaction that ends it.
 */
package dev.millrace.connector.process;
