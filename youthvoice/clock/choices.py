#: The heartbeat's name of the process that runs tasks and the clock.
WORKER = "worker"
