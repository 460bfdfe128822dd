"""Runs a function in several processes of this machine, each started anew (as by "spawn").

In: a picklable function and its arguments, taken as they are needed. Out: its results, in the order of the arguments
or as they are done. A process that ends is replaced, and its argument done again. (`concurrent.futures` and its kin end
all processes when one ends, and import the caller's main module.)
"""

from mapgen.processes.pool import MOST_ENDS, ProcessesEndedError, in_processes, processors

__all__ = ["MOST_ENDS", "ProcessesEndedError", "in_processes", "processors"]
