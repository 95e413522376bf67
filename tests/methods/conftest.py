"""What is counted here is counted again by the verifier."""

from tests.support.recounting import recounted

__all__ = ["recounted"]
