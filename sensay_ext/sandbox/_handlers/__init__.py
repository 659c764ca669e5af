"""The operations, one function each, named for the operationId."""
