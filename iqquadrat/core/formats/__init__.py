"""How the pages of the team write days: short, and one way everywhere. What is not named here stays as Django has it."""
