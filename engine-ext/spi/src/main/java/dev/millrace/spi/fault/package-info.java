// SPDX-License-Identifier: Apache-2.0
/**
 * The moments at which a crash hurts, by name, so that tests can make it happen at each of them.
 */
package dev.millrace.spi.fault;
