"""The client for tasks; the one for threads is derived from it."""
