// SPDX-License-Identifier: Apache-2.0
/**
 * How state is written down and read again: no Java serialisation, all counts checked. Cold code,
 * called between batches only.
 *
 * <pre>
 *   snapshot = "MRST" │ version │ positions │ parts: name, length, bytes … │ CRC32C of all before
 * </pre>
 *
 * A part is what one {@link dev.millrace.runtime.state.Stateful} has written. Numbers are varints
 * (seven bits a byte, signs folded in), texts a count of chars and the chars as varints, so that
 * even half a surrogate pair comes back. Read first: {@link dev.millrace.runtime.state.Snapshot}.
 */
package dev.millrace.runtime.state;
