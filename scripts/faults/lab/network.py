"""A network of our own for the machines of the laboratory, so that the cable of one of them can be pulled.

Everything happens in a network and mount namespace of the script itself: nothing of it reaches, or stays on, the
machine outside. Needs root and the package iproute2.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

from .processes import LabError

PREFIX = "198.51.100."  # reserved for documentation: belongs to nobody
NETWORK = PREFIX + "0/24"
OWN = PREFIX + "1"
CLONE_NEWNET = 0x40000000
INSIDE = "BATON_LAB_INSIDE"


def enter() -> None:
    """Runs this script again inside namespaces of its own; returns only there."""
    if os.environ.get(INSIDE):
        return
    if os.geteuid() != 0:
        raise LabError("Pulling a network cable needs root.")
    environment = {**os.environ, INSIDE: "1"}
    os.execvpe("unshare", ["unshare", "--net", "--mount", "--propagation", "private", "--", sys.executable,
                           *sys.argv], environment)


def ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError(f"ip {' '.join(words)}: {done.stderr.strip()}")


def stand_on(machine: str) -> None:
    """Moves the calling thread, and only that, into the network of a machine: what it connects goes out from there."""
    descriptor = os.open(f"/run/netns/{machine}", os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, CLONE_NEWNET) != 0:
            raise LabError(f"network of {machine}: {os.strerror(ctypes.get_errno())}")
    finally:
        os.close(descriptor)


class Network:
    """A bridge with one cable to each machine. Gone with the script."""

    def __init__(self, machines: list[str]):
        self.addresses = {name: f"{PREFIX}{11 + index}" for index, name in enumerate(machines)}
        os.makedirs("/run/netns", exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "none", "/run/netns"], check=True)
        ip("link", "set", "lo", "up")
        ip("link", "add", "bridge", "type", "bridge")
        ip("addr", "add", OWN + "/24", "dev", "bridge")
        ip("link", "set", "bridge", "up")
        for name, address in self.addresses.items():
            ip("netns", "add", name)
            ip("link", "add", f"to-{name}", "type", "veth", "peer", "name", "cable", "netns", name)
            ip("link", "set", f"to-{name}", "master", "bridge", "up")
            ip("-n", name, "addr", "add", address + "/24", "dev", "cable")
            ip("-n", name, "link", "set", "cable", "up")
            ip("-n", name, "link", "set", "lo", "up")

    def pull(self, machine: str) -> None:
        ip("link", "set", f"to-{machine}", "down")

    def plug(self, machine: str) -> None:
        ip("link", "set", f"to-{machine}", "up")
