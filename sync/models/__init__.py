"""The tables of sync."""

from sync.models.devices import Device
from sync.models.packs import PackFile, PackVersion

__all__ = ["Device", "PackFile", "PackVersion"]
