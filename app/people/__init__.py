"""Onze mensen (field term: netwerk, three rings): persons of a plan and how to reach them. Who may open the plan is
in `plan` (members) and `sharing` (links).
"""
