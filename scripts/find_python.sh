#!/bin/sh
# Print a Python that can run Relais: the environment's own, else 3.11 or later with venv.
fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

seen=""
for name in .venv/bin/python python3.11 python3.12 python3.13 python3.14 python3 python; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if fits "$path"; then
        if [ "$name" = .venv/bin/python ] || "$path" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            echo "$path"
            exit 0
        fi
        seen="$path cannot make environments: its venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"
    elif [ -z "$seen" ]; then
        seen="Relais needs Python 3.11 or later, and $path is $("$path" -V 2>&1). Install a newer one (python3.11 to python3.14 are looked for first)."
    fi
done
echo "${seen:-Relais needs Python 3.11 or later, and there is none on this machine. On Debian or Ubuntu: apt-get install python3 python3-venv}" >&2
exit 1
