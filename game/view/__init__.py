"""How things look: layout, type, colour, icons, widgets.  Nothing here knows the rules."""
