"""Install Debian's packages where that is allowed: as root, with apt-get."""

import os
import shutil
import subprocess
from collections.abc import Callable


def provide(find: Callable[[], object], package: str) -> None:
    """Install the package unless `find` finds what it brings; say nothing when it cannot be installed."""
    if find() or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"Installing Debian's {package} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    for command in (install, ["apt-get", "update"], install):
        done = subprocess.run(command, check=False, env=environment, capture_output=True)
        if done.returncode == 0 and command is install:
            return
