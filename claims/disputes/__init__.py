"""Disputes: contradictions about the same thing are one, with sides."""
