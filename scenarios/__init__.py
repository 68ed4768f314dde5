"""The localities to play: one YAML file each, beside this one."""
