"""Jobs: a durable queue, one worker process, and the crossing between the contract and the engine's own words.

requests.py   what a job asks for and gives, as plain data
messages.py   those and the plan's words as messages of the contract, and back
limits.py     what is refused before it is queued
handlers.py   which function does which kind of job
queue.py      jobs and their events in SQLite
worker.py     the process that does the work
dispatch.py   hands jobs to the worker, stops it, and replaces it when it dies
estimate.py   how long the rest will take
disk.py       what a failed write means
lock.py       a file that one process holds
leftovers.py  removes what an ended job left unfinished
"""
