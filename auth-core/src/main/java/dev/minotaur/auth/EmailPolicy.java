package dev.minotaur.auth;

import dev.minotaur.auth.internal.WellFormed;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads e-mail addresses from input and gives them their canonical form.
 *
 * <p>The canonical form is the local part in lower case, '@', and the domain in lower case as ASCII (IDNA). Folding the local
 * part is this library's stated policy: RFC 5321 section 2.4 leaves its case to the receiving host, and people type it as
 * they like. Nothing else is folded: no dots removed, no tags cut, no look-alikes mapped. The canonical form of a canonical
 * form is itself.
 *
 * <p>Accepted is a dot-atom local part of 1 to 64 octets (RFC 5321 section 4.5.3.1.1) and a domain of at least two labels; not
 * accepted are quoted local parts, comments and address literals, which people do not have.
 */
public final class EmailPolicy {

    private static final int MAX_LOCAL_BYTES = 64;
    private static final int MAX_DOMAIN_CHARS = 253;
    private static final String ATOM_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private final boolean nonAsciiLocalPart;

    private EmailPolicy(boolean nonAsciiLocalPart) {
        this.nonAsciiLocalPart = nonAsciiLocalPart;
    }

    /**
     * Accepts local parts of ASCII characters only.
     *
     * @return the default policy
     */
    public static EmailPolicy asciiLocalPart() {
        return new EmailPolicy(false);
    }

    /**
     * Accepts local parts beyond ASCII too (RFC 6531), folded as NFC, lower case without a locale, NFC again; code points that
     * this Java does not know are refused, since a later one may fold them. Letters that look alike stay different: whether
     * that suits an application is for its operator to say.
     *
     * @return the wider policy
     */
    public static EmailPolicy allowNonAsciiLocalPart() {
        return new EmailPolicy(true);
    }

    /**
     * Reads an address. Nothing is trimmed.
     *
     * @param input what was entered, of any length and content
     * @return the address, or empty if it is none that this policy accepts
     */
    public Optional<EmailAddress> parse(String input) {
        Objects.requireNonNull(input, "input");
        int at = input.lastIndexOf('@');
        if (at < 1 || input.length() > EmailAddress.MAX_LENGTH || !WellFormed.isWellFormed(input)) {
            return Optional.empty();
        }
        Optional<String> domain = canonicalDomain(input.substring(at + 1));
        Optional<String> local = canonicalLocalPart(input.substring(0, at));
        if (domain.isEmpty() || local.isEmpty()) {
            return Optional.empty();
        }
        String canonical = local.get() + '@' + domain.get();
        return canonical.length() > EmailAddress.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(new EmailAddress(input, canonical));
    }

    private Optional<String> canonicalLocalPart(String local) {
        boolean ascii = local.chars().allMatch(c -> c < 0x80);
        if (!ascii && !nonAsciiLocalPart) {
            return Optional.empty();
        }
        String folded = ascii ? local.toLowerCase(Locale.ROOT) : fold(local);
        boolean dotAtom = !folded.startsWith(".")
                && !folded.endsWith(".")
                && !folded.contains("..")
                && folded.codePoints().allMatch(EmailPolicy::isAtomText);
        return dotAtom && utf8Length(folded) <= MAX_LOCAL_BYTES && utf8Length(local) <= MAX_LOCAL_BYTES
                ? Optional.of(folded)
                : Optional.empty();
    }

    /** Without the last step 91 pairs of a letter and a mark would fold further when folded again. */
    private static String fold(String local) {
        String lower = Normalizer.normalize(local, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    private static boolean isAtomText(int c) {
        if (c < 0x80) {
            return c == '.' || Character.isLetterOrDigit(c) || ATOM_SYMBOLS.indexOf(c) >= 0;
        }
        return switch (Character.getType(c)) {
            case Character.UNASSIGNED,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static Optional<String> canonicalDomain(String domain) {
        if (domain.isEmpty() || domain.length() > MAX_DOMAIN_CHARS) {
            return Optional.empty();
        }
        String lower = fold(domain);
        String ascii;
        try {
            ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
        // IDNA 2003 maps some letters to others, so that two domains of today would be one: such a domain is refused.
        boolean survives = lower.equals(ascii) || lower.equals(IDN.toUnicode(ascii, IDN.USE_STD3_ASCII_RULES));
        return survives && isHostName(ascii) ? Optional.of(ascii) : Optional.empty();
    }

    private static boolean isHostName(String ascii) {
        String[] labels = ascii.split("\\.", -1);
        if (labels.length < 2 || ascii.length() > MAX_DOMAIN_CHARS) {
            return false;
        }
        for (String label : labels) {
            boolean wellFormed = !label.isEmpty()
                    && label.length() <= 63
                    && !label.startsWith("-")
                    && !label.endsWith("-")
                    && label.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
            if (!wellFormed) {
                return false;
            }
        }
        return !labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int utf8Length(String text) {
        return text.codePoints()
                .map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }
}
