"""Orders, lines, checks, holds, totals, queue."""
