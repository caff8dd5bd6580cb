"""On the path of the portal's processes: the clock of each starts at the day of ``NET4U_AUDIT_CLOCK`` and runs on."""

import os

import time_machine

if start := os.environ.get("NET4U_AUDIT_CLOCK"):
    time_machine.travel(start, tick=True).start()
