// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

/**
 * A {@link DecodingFormat} or {@link EncodingFormat} of single messages: it opens no files, and a
 * connector of files refuses it when a script is validated.
 */
public interface MessagesOnly {}
