"""Starts and stops the processes of one machine: plain Python, no Django app.

`serve` is the only entrance. It never imports Django itself: what needs Django runs in
child processes (prepare, web, worker), so that the supervisor stays small and can outlive
whatever goes wrong in them.
"""
