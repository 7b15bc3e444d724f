"""A child that wants more memory than a child may have; run by test_child.py."""

import sys

from documents.child_limits import MOST_MEMORY, OUT_OF_MEMORY, limit_this_process

limit_this_process()
try:
    sys.stdout.write(str(len(bytearray(MOST_MEMORY + 1))))
except MemoryError:
    sys.exit(OUT_OF_MEMORY)
