// SPDX-License-Identifier: Apache-2.0
/**
 * What a sink changed, and how it is taken back: the journal holds images, not the query's
 * changelog.
 */
package dev.millrace.spi.effect;
