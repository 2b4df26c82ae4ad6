package dev.minotaur.auth;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads usernames from input and gives them their canonical form. An application may bring its own, under two conditions: the
 * canonical form of a canonical form is itself, on every machine; and what it accepts makes a {@link Username}, so it has no
 * '@'. A change of policy does not change the rows that an earlier one made.
 */
@FunctionalInterface
public interface UsernamePolicy {

    /**
     * Reads a username. Nothing is trimmed.
     *
     * @param input what was entered, of any length and content
     * @return the username, or empty if it is none that this policy accepts
     */
    Optional<Username> parse(String input);

    /**
     * Accepts 3 to 32 ASCII letters, digits, dots, underscores and hyphens; the canonical form is in lower case. ASCII leaves no
     * look-alikes of other scripts, and no invisible characters.
     *
     * @return the default policy
     */
    static UsernamePolicy ascii() {
        return input -> {
            Objects.requireNonNull(input, "input");
            boolean accepted = input.length() >= 3
                    && input.length() <= 32
                    && input.chars()
                            .allMatch(c -> (c >= 'a' && c <= 'z')
                                    || (c >= 'A' && c <= 'Z')
                                    || (c >= '0' && c <= '9')
                                    || c == '.'
                                    || c == '_'
                                    || c == '-');
            return accepted ? Optional.of(new Username(input, input.toLowerCase(Locale.ROOT))) : Optional.empty();
        };
    }
}
