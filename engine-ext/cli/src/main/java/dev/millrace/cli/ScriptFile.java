// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A script as the command line names it.
 *
 * @param name for messages: the path as given, or {@code stdin}
 */
record ScriptFile(String name, String text) {
  private static final String STANDARD_INPUT = "-";

  /** Reads the script, so that a missing one is a wrong use of the command. */
  static final class Reader implements ITypeConverter<ScriptFile> {
    @Override
    public ScriptFile convert(String argument) {
      try {
        return argument.equals(STANDARD_INPUT)
            ? new ScriptFile("stdin", text(allOf(System.in)))
            : new ScriptFile(argument, text(Files.readAllBytes(Path.of(argument))));
      } catch (NoSuchFileException e) {
        throw new TypeConversionException("there is no file " + argument);
      } catch (CharacterCodingException e) {
        throw new TypeConversionException(argument + " is not UTF-8 text");
      } catch (IOException | RuntimeException e) {
        throw new TypeConversionException("cannot read " + argument + ": " + e.getMessage());
      }
    }

    private static byte[] allOf(InputStream in) throws IOException {
      return in.readAllBytes();
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }
}
