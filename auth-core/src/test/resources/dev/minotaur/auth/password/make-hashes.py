#!/usr/bin/python3
"""Makes the hashes of other programs that the tests read: hashes.tsv beside this file, and that of auth-argon2.

    apt-get install python3-passlib python3-django python3-bcrypt python3-argon2 argon2 apache2-utils php-cli ruby-bcrypt
    ./make-hashes.py core > hashes.tsv
    ./make-hashes.py argon2 > .../auth-argon2/src/test/resources/dev/minotaur/auth/argon2/hashes.tsv

A line is: tool and version, format, password in UTF-8 and NFC, hash. The costs are low, so that the tests are fast. bcrypt
by itself sees 72 bytes and no more: what a tool made of a longer password is a line of the format bcrypt-cut.
"""
import subprocess
import sys
import unicodedata

import argon2
import bcrypt
import django
import passlib
from django.conf import settings
from passlib import hash as formats

settings.configure()
from django.contrib.auth import hashers  # noqa: E402

PASSWORDS = [
    "correct horse battery staple",
    "~!@#$%^&*() \"quoted\" 'too' \\ {bcrypt}$2b$",
    "Zoë Ångström trinkt naïven Café für 10 €",
    "пароль из нескольких слов",
    "这是一个由二十五个汉字组成的很长的口令请不要忘记它啊",
    "รหัสผ่านภาษาไทยที่ยาวมาก",
    "🔐 emoji of four bytes 🐎🔋",
    "0123456789" * 7 + "ab",
    "0123456789" * 7 + "abc",
    "ü" * 36,
    "ü" * 36 + "!",
    "The quick brown fox jumps over the lazy dog. " * 4 + "Twenty more letters.",
]


def run(*command, typed):
    return subprocess.run(command, input=typed.encode(), capture_output=True, check=True).stdout.decode().strip()


def debian(package):
    return run("dpkg-query", "-W", "-f", "${Version}", package, typed="")


def line(tool, name, password, made):
    print(tool, name, password, made, sep="\t")


def core():
    for password in PASSWORDS:
        raw = password.encode()
        plain = "bcrypt" if len(raw) <= 72 else "bcrypt-cut"
        lib = "passlib " + passlib.__version__
        for cost in 4, 6:
            line(lib, "bcrypt-sha256", password, formats.bcrypt_sha256.using(rounds=cost).hash(password))
        for ident in "2a", "2b":
            old = formats.bcrypt_sha256.using(version=1, ident=ident, rounds=4)
            line(lib, "bcrypt-sha256 v1", password, old.hash(password))
            line(lib, plain, password, formats.bcrypt.using(ident=ident, rounds=4).hash(password))
        for rounds, salt in (1, 16), (1000, 8), (29000, 17):
            pbkdf2 = formats.pbkdf2_sha256.using(rounds=rounds, salt_size=salt)
            line(lib, "pbkdf2", password, pbkdf2.hash(password))

        lib = "Django " + django.get_version()
        hasher = hashers.PBKDF2PasswordHasher()
        for iterations in 1000, 26000:
            line(lib, "pbkdf2 Django", password, hasher.encode(password, hasher.salt(), iterations))
        for hasher in hashers.BCryptSHA256PasswordHasher(), hashers.BCryptPasswordHasher():
            hasher.rounds = 4
            name = "bcrypt_sha256 Django" if hasher.digest else plain + " Django"
            line(lib, name, password, hasher.encode(password, hasher.salt()))

        line("python-bcrypt " + bcrypt.__version__, plain, password, bcrypt.hashpw(raw, bcrypt.gensalt(4)).decode())
        php = 'echo password_hash(stream_get_contents(STDIN), PASSWORD_BCRYPT, ["cost" => 4]);'
        line("PHP " + run("php", "-r", "echo PHP_VERSION;", typed=""), plain, password, run("php", "-r", php, typed=password))
        ruby = 'require "bcrypt"; print BCrypt::Password.create(STDIN.read.force_encoding("UTF-8"), cost: 4)'
        line("bcrypt-ruby " + debian("ruby-bcrypt"), plain, password, run("ruby", "-e", ruby, typed=password))
        apache = run("htpasswd", "-niBC", "4", "user", typed=password)
        line("htpasswd " + debian("apache2-utils"), plain, password, apache.removeprefix("user:"))


def argon():
    for password in PASSWORDS:
        for memory, passes, lanes in (8, 1, 1), (64, 3, 2), (512, 2, 4), (19456, 2, 1):
            made = argon2.PasswordHasher(passes, memory, lanes, hash_len=32, salt_len=16).hash(password)
            line("argon2-cffi " + argon2.__version__, "argon2id", password, made)
        hasher = hashers.Argon2PasswordHasher()
        hasher.memory_cost = 1024
        line("Django " + django.get_version(), "argon2id Django", password, hasher.encode(password, hasher.salt()))
        php = (
            "echo password_hash(stream_get_contents(STDIN), PASSWORD_ARGON2ID,"
            ' ["memory_cost" => 1024, "time_cost" => 2, "threads" => 1]);'
        )
        line("PHP " + run("php", "-r", "echo PHP_VERSION;", typed=""), "argon2id", password, run("php", "-r", php, typed=password))
        if len(password.encode()) < 127:
            tool = "argon2", "some salt of nobody", "-id", "-t", "2", "-k", "1024", "-p", "1", "-l", "24", "-e"
            line("argon2 " + debian("argon2"), "argon2id", password, run(*tool, typed=password))


assert all(unicodedata.is_normalized("NFC", password) for password in PASSWORDS)
{"core": core, "argon2": argon}[sys.argv[1]]()
