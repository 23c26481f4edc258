"""What 'the same' means: the hash of canonical content, whatever file or process it came through."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def canonical_text(value: Any) -> str:
    """Return plain values as JSON that is the same for equal values, whatever the order of their keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical_bytes(array: Array) -> bytes:
    """Return the type, shape and values of an array, in the order of C."""
    return f"{array.dtype.str}{array.shape}".encode() + np.ascontiguousarray(array).tobytes()


def content_hash(about: Any, arrays: Mapping[str, Array]) -> str:
    """Return the SHA-256 of plain values and of arrays by name, as hexadecimal digits."""
    digest = hashlib.sha256(canonical_text([about, sorted(arrays)]).encode())
    for name in sorted(arrays):
        digest.update(canonical_bytes(arrays[name]))
    return digest.hexdigest()
