"""The month, one file for each line of its schedule: arrays in, arrays changed."""
