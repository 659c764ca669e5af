# Derived from sensay_ext/_async/__init__.py by scripts/unasync.py. DO NOT EDIT: change the source, then run "make unasync".
"""The client for threads."""
