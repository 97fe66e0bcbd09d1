"""Keys as files: each whole before it has its name, readable by its owner only, one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

# The site's root key: what certifies every other, and is never replaced.
ROOT = "root.pem"

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def p256_in(folder: Path, name: str, *, renew: bool = False) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of a file, made now where it is missing or to be renewed. The caller holds the folder."""
    path = folder / name
    if renew or not path.exists():
        write_key(path, ec.generate_private_key(ec.SECP256R1()))
    return read_p256(path)


def ed25519_in(folder: Path, name: str, *, renew: bool = False) -> ed25519.Ed25519PrivateKey:
    """Return the Ed25519 key of a file, made now where it is missing or to be renewed. The caller holds the folder."""
    path = folder / name
    if renew or not path.exists():
        write_key(path, ed25519.Ed25519PrivateKey.generate())
    return read_ed25519(path)


def read_p256(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of a file; raise TypeError where it holds another."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        msg = f"{path} holds no P-256 key"
        raise TypeError(msg)
    return key


def read_ed25519(path: Path) -> ed25519.Ed25519PrivateKey:
    """Return the Ed25519 key of a file; raise TypeError where it holds another."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        msg = f"{path} holds no Ed25519 key"
        raise TypeError(msg)
    return key


def write_key(path: Path, key: PrivateKey) -> None:
    """Write a private key as PEM."""
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    write_private(path, key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain))


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all, and on disk when this returns."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing, and be the only one who writes keys there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
