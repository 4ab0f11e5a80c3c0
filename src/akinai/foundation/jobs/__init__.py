"""Job table, worker, schedules, progress."""
