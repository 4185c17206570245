"""The root: the plan, its members and homes, and who was invited to it. Knows no other room of the plan."""
