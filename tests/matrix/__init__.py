"""The table of docs/decisions/0032: roles x objects x actions, tried on real records over HTTP, with the number of cells printed."""
