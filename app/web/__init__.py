"""Flask glue: doors, sessions, headers, answers. No domain, no room."""
