"""Commands of the pipeline, one job each."""
