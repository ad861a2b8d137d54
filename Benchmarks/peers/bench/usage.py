"""Runs a command and says on the last line what it used.

A process of its own, and a small one: on Linux the peak memory of a child is never below that of the process that
started it.
"""

import json
import os
import sys

process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(process, 0)
print(json.dumps({
    "code": os.waitstatus_to_exitcode(status),
    "cpu": usage.ru_utime + usage.ru_stime,
    "peak_mib": usage.ru_maxrss / 1024,
}))
