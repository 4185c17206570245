"""Wat wij willen (field term: doelen) and the small steps towards it. Who does what by when is `agreements`."""
