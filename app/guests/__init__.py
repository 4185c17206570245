"""Guests: a begeleider is invited, comes in with an account of their own, and leaves. The seat itself is a share."""
