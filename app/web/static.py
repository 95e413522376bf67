"""Files that never change under one address: their address carries the build."""

from os import PathLike, stat_result

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"


class BuildFiles(StaticFiles):
    """Static files, kept by browsers for a year if asked for with `?v=`, else checked each time."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked_by_build = scope["query_string"].startswith(b"v=")
        response.headers["cache-control"] = FOREVER if asked_by_build else LOOK_AGAIN
        return response
