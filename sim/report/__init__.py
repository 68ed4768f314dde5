"""Pages to print: self-contained HTML that needs no network and no program but a browser."""
