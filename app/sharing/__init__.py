"""Deel met iemand: personal view links, what they show, who looked. What anyone may see is decided in `policy`.

Beside the names every room uses: `shown.py` is what a link shows (the same for its holder and for who looks
beforehand), `steps.py` the steps of sharing, `ledger.py` the looks, `link_views.py` the pages of who holds a link.
"""
