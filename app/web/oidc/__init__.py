"""Signing in organisers through an OpenID provider, where the operator has named one."""

from app.web.oidc.pages import router

__all__ = ["router"]
