"""Invitations and what is answered to them (RFC 5546)."""
