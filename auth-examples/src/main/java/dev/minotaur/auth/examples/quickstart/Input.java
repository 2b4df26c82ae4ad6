package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.password.RawPassword;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** Where commands and passwords come from: a terminal, or a file or pipe. */
interface Input {

    /** The next line, or empty at the end of the input. */
    Optional<String> command() throws IOException;

    /** The next password, for the caller to close; {@link EOFException} if the input ends instead. */
    RawPassword password(String what) throws IOException;
}
