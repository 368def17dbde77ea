"""Who may come in: names with hashed passwords in a file, sessions, and a brake on guessing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from corpus.errors import AttacheError

COST, BLOCK, PARALLEL = 2**14, 8, 1
"""Parameters of scrypt for new passwords: 16 MB and some 50 ms a guess."""
LEAST_CHARACTERS = 8
SESSION_SECONDS = 12 * 3600
"""A working day: who comes back the next morning logs in again."""
FAILURES, WINDOW_SECONDS = 5, 300
"""So many wrong passwords for one name from one address, within so long, and it has to wait."""
FAILURES_OF_ADDRESS = 30
_MOST_KEYS = 10_000
_TRUSTED_SECONDS = 300

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Password:
    """A password as it is kept: ``scrypt$cost$block$parallel$salt$hash``, the last two base64."""

    cost: int
    block: int
    parallel: int
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str) -> Password:
        """Hash a password with a salt of its own."""
        salt = secrets.token_bytes(16)
        digest = _scrypt(password, salt, COST, BLOCK, PARALLEL)
        return cls(COST, BLOCK, PARALLEL, salt, digest)

    @classmethod
    def read(cls, text: str) -> Password:
        """Read what ``str`` wrote; ValueError on anything else."""
        scheme, cost, block, parallel, salt, digest = text.split("$")
        if scheme != "scrypt":
            raise ValueError(f"found the scheme {scheme!r}, expected scrypt")
        read = cls(int(cost), int(block), int(parallel), _unbase64(salt), _unbase64(digest))
        # A line that wants gigabytes, or nothing, to be checked was not written by us.
        if not (2**10 <= read.cost <= 2**18 and 1 <= read.block <= 16 and 1 <= read.parallel <= 4):
            raise ValueError("found parameters of scrypt outside the usual")
        if read.cost & (read.cost - 1) or len(read.salt) < 8 or len(read.digest) != 32:
            raise ValueError("found no hash that scrypt makes")
        return read

    def __str__(self) -> str:
        salt, digest = (base64.b64encode(part).decode() for part in (self.salt, self.digest))
        return f"scrypt${self.cost}${self.block}${self.parallel}${salt}${digest}"

    def is_of(self, password: str) -> bool:
        """Tell whether this is the hash of a password, in the same time whether or not."""
        found = _scrypt(password, self.salt, self.cost, self.block, self.parallel)
        return hmac.compare_digest(found, self.digest)


class Users:
    """The names and hashes of a file, read again when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._passwords: dict[str, Password] = {}
        self._lock = Lock()
        # A name that is not there costs as much time as one that is.
        self._nobody = Password.of(secrets.token_hex(16))
        self._reload()

    def password(self, name: str) -> Password | None:
        """Give the hash for a name; None when there is no such user."""
        with self._lock:
            self._reload()
            return self._passwords.get(name)

    def check(self, name: str, password: str) -> bool:
        """Tell whether this is the user's password."""
        kept = self.password(name)
        right = (kept or self._nobody).is_of(password)
        return right and kept is not None

    def _reload(self) -> None:
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._passwords = read_users(self._path)
                self._stamp = stamp
        except OSError as error:
            raise AttacheError(
                f"{self._path}: the file of users cannot be read ({error.strerror}); make one "
                f"with: attache user NAME --auth {self._path}"
            ) from error


def read_users(path: Path) -> dict[str, Password]:
    """Read lines of ``name:hash``; AttacheError names the first line that is none."""
    passwords = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, kept = line.strip().partition(":")
        try:
            passwords[name] = Password.read(kept)
        except ValueError as error:
            raise AttacheError(
                f"{path}, line {number}: {error}, expected NAME:scrypt$…; "
                f"set the password again with: attache user NAME --auth {path}"
            ) from error
    if not passwords:
        raise AttacheError(
            f"{path}: found no user in it, so nobody could log in; "
            f"add one with: attache user NAME --auth {path}"
        )
    return passwords


def set_password(path: Path, name: str, password: str) -> bool:
    """Add a user or change his password; tells whether he was there. Others cannot read the file.

    AttacheError when the name or the password will not do, or the file cannot be written.
    """
    if not name or not name.isprintable() or name != name.strip() or set(name) & set(":#/\\"):
        raise AttacheError(f"found the name {name!r}, expected letters and digits without : # / \\")
    if len(password) < LEAST_CHARACTERS:
        raise AttacheError(
            f"the password has {len(password)} characters, expected at least {LEAST_CHARACTERS}"
        )
    try:
        known = read_users(path) if path.exists() and path.read_text("utf-8").strip() else {}
        there = name in known
        lines = [
            f"{each}:{kept}\n" for each, kept in {**known, name: Password.of(password)}.items()
        ]
        written = path.with_name(f"{path.name}.new")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.writelines(lines)
        written.replace(path)
    except OSError as error:
        raise AttacheError(f"{path}: cannot be written ({error.strerror})") from error
    return there


class TooManyFailuresError(Exception):
    """Somebody guesses; ``seconds`` is how long he has to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong passwords; wait {seconds} s")
        self.seconds = seconds


class Logins:
    """Checks passwords, and remembers who has logged in; a restart forgets it."""

    def __init__(self, users: Users, clock: Clock = time.monotonic) -> None:
        self._users = users
        self._clock = clock
        self._lock = Lock()
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._trusted: OrderedDict[bytes, _Session] = OrderedDict()
        self._failures: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._key = secrets.token_bytes(32)

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """Give the token of a new session; None when name and password do not fit.

        TooManyFailuresError when this name was tried too often from this address.
        """
        kept = self._checked(name, password, address)
        if kept is None:
            return None
        token = secrets.token_urlsafe(32)
        with self._lock:
            until = self._clock() + SESSION_SECONDS
            _remember(self._sessions, _hashed(token), _Session(name, kept, until))
        return token

    def user_of(self, token: str) -> str | None:
        """Name who has this session; None when it has ended, or his password has changed."""
        with self._lock:
            session = self._sessions.get(_hashed(token))
        return session.name if session is not None and self._lasts(session) else None

    def log_out(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_hashed(token), None)

    def user_of_basic(self, header: str, address: str) -> str | None:
        """Name the user of an HTTP Basic header; None when it names none, or wrongly."""
        scheme, _, coded = header.partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = _unbase64(coded.strip()).decode("utf-8").partition(":")
        except (ValueError, UnicodeDecodeError):
            return None
        if not colon:
            return None
        # A program sends its password with every request: it is not hashed each time.
        seen = hmac.digest(self._key, f"{name}:{password}".encode(), "sha256")
        with self._lock:
            session = self._trusted.get(seen)
        if session is not None and self._lasts(session):
            return session.name
        kept = self._checked(name, password, address)
        if kept is None:
            return None
        with self._lock:
            until = self._clock() + _TRUSTED_SECONDS
            _remember(self._trusted, seen, _Session(name, kept, until))
        return name

    def _checked(self, name: str, password: str, address: str) -> Password | None:
        keys = (((address, name), FAILURES), ((address, ""), FAILURES_OF_ADDRESS))
        for key, most in keys:
            self._brake(key, most)
        if self._users.check(name, password):
            with self._lock:
                self._failures.pop((address, name), None)
            return self._users.password(name)
        with self._lock:
            for key, most in keys:
                failed = self._failures.setdefault(key, deque(maxlen=most))
                failed.append(self._clock())
                _remember(self._failures, key, failed)
        return None

    def _brake(self, key: tuple[str, str], most: int) -> None:
        with self._lock:
            failed = self._failures.get(key)
            if failed is None or len(failed) < most:
                return
            left = WINDOW_SECONDS - (self._clock() - failed[0])
        if left > 0:
            raise TooManyFailuresError(int(left) + 1)

    def _lasts(self, session: _Session) -> bool:
        return self._clock() < session.until and self._users.password(session.name) == session.kept


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    kept: Password
    """The user's password as it was: another one ends what was begun with it."""
    until: float


def _remember(kept: OrderedDict, key: object, value: object) -> None:  # type: ignore[type-arg]
    """Keep the newest, so that nobody can fill the memory."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > _MOST_KEYS:
        kept.popitem(last=False)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block,
        p=parallel,
        maxmem=256 * cost * block,
        dklen=32,
    )
